-- Incidents: faults of cameras, worker keys and jobs of the database that lasted long enough to need somebody.

-- object_id: the camera, the worker key or the job. opened_at is null while a fault has not lasted long enough.
-- ended_at: the fault was gone. closed_at: the same, or a person closed the incident before; while the fault lasts, it is
-- not opened again.
CREATE TABLE incidents (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  type text NOT NULL,
  store_id uuid REFERENCES stores ON DELETE CASCADE,
  camera_id uuid REFERENCES cameras ON DELETE CASCADE,
  object_id text NOT NULL,
  detail text NOT NULL,
  remedy text NOT NULL,
  started_at timestamptz NOT NULL,
  found_at timestamptz NOT NULL,
  opened_at timestamptz,
  absent_since timestamptz,
  ended_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  muted_until timestamptz,
  CONSTRAINT incidents_ended_check CHECK (ended_at IS NULL OR closed_at IS NOT NULL)
);

-- One incident, however many runs of the job find its fault.
CREATE UNIQUE INDEX incidents_type_object_id_idx ON incidents (type, object_id) WHERE ended_at IS NULL;
CREATE INDEX incidents_store_id_opened_at_idx ON incidents (store_id, opened_at);

-- The group role of the incidents Lambda, as in 0005_roles.sql.
DO $$
BEGIN
  CREATE ROLE metrica_incidents NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- Roles belong to the whole server: another database on it has created this one.
END
$$;
GRANT USAGE ON SCHEMA public TO metrica_incidents;

-- incidents: opens and ends them. It reads the cameras and worker keys of all stores, and when the stores are open. Owners and
-- superadmins acknowledge, mute and close them.
GRANT SELECT, INSERT, UPDATE, DELETE ON incidents TO metrica_incidents;
GRANT SELECT, UPDATE (acknowledged_at, acknowledged_by, muted_until, closed_at, closed_by) ON incidents
TO metrica_api, metrica_admin;
GRANT SELECT (id, name, timezone, capacity, archived_at) ON stores TO metrica_incidents;
GRANT SELECT (store_id, valid_from, starts_at, timezone, day_start, opening_hours, capacity) ON store_settings
TO metrica_incidents;
GRANT SELECT (store_id, day, opening_hours) ON special_days TO metrica_incidents;
GRANT SELECT (store_id, day, is_closed) ON public_holidays TO metrica_incidents;
GRANT SELECT (
  id, store_id, name, is_counting_line, archived_at, last_seen_at, delivered_until, backlog, oldest_unsent_s, total_in,
  total_out, refused, lost, set_aside, picture, track_fragmentation, fps_wanted, fps_reached, clock_offset_s,
  instance_id, rejected_instance_at
) ON cameras TO metrica_incidents;
GRANT SELECT (camera_id, instance_id, totals_difference, totals_differ_since, copy_seen_at) ON worker_instances
TO metrica_incidents;
GRANT SELECT (id, store_id, name, hint, created_at, last_used_at, revoked_at) ON worker_keys TO metrica_incidents;
GRANT SELECT ON footfall_15m, coverage_15m TO metrica_incidents;
GRANT SELECT (refreshed_at, refreshed_until) ON aggregate_refresh TO metrica_incidents;
GRANT EXECUTE ON FUNCTION job_status() TO metrica_incidents;
