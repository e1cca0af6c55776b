-- The group roles of the Lambdas and of the analysts. They own nothing and cannot log in. The login of each Lambda is a member
-- of one of them (docs/security.md), and so is the login of each analyst (db/timescale/analysts.py).
-- Columns are named where a Lambda needs only some of a table. tests/integration/functions/test_database_roles.py fails when
-- a new statement needs more.

DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY[
    'metrica_ingest', 'metrica_api', 'metrica_admin', 'metrica_maintenance', 'metrica_analyst'
  ] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- Roles belong to the whole server: another database on it has created this one.
    END;
  END LOOP;
END
$$;

-- Only the owner may create temporary tables. On the embedded server all clients share one temporary schema, which is
-- searched first: a temporary table `stores` of an analyst would hide ours.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

-- This is the default since PostgreSQL 15. A server that was upgraded may still have the old one.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO metrica_ingest, metrica_api, metrica_admin, metrica_maintenance;

-- ingest: finds the store of a worker key and the cameras of that store, and adds events and minutes. It cannot read events.
GRANT SELECT (id, store_id, key_sha256, last_used_at, revoked_at), UPDATE (last_used_at) ON worker_keys TO metrica_ingest;
GRANT SELECT (id, archived_at) ON stores TO metrica_ingest;
GRANT
  SELECT (id, store_id, name, is_counting_line, line, anchor, sample_fps, snapshot_interval_s, snapshot_requested_at, snapshot_at,
          delivered_until, archived_at),
  UPDATE (last_seen_at, delivered_until, worker_version, model, backlog, oldest_unsent_s, total_in, total_out, snapshot_at, snapshot_key)
ON cameras TO metrica_ingest;
-- The whole table: a grant of single columns is an error on a hypertable with a columnstore.
GRANT INSERT ON events TO metrica_ingest;
GRANT SELECT, INSERT, UPDATE ON camera_minutes TO metrica_ingest;
GRANT INSERT (store_id, first_ts, last_ts) ON late_ranges TO metrica_ingest;

-- api: reads the counts of stores. Writes users who sign in, memberships from invitations, and occupancy resets.
GRANT SELECT (id, email, last_seen_at), INSERT (id, email, last_seen_at), UPDATE (email, last_seen_at) ON users TO metrica_api;
GRANT SELECT (id, name, timezone, day_start, opening_hours, capacity, archived_at) ON stores TO metrica_api;
GRANT SELECT (store_id, user_id, role), INSERT (store_id, user_id, role, added_by) ON store_members TO metrica_api;
GRANT SELECT (id, store_id, email, invited_by, expires_at, accepted_at, revoked_at), UPDATE (accepted_at) ON store_invites TO metrica_api;
GRANT SELECT (id, store_id, name, is_counting_line, origin, last_seen_at, delivered_until, created_at, archived_at) ON cameras
  TO metrica_api;
GRANT SELECT ON camera_counting_periods TO metrica_api;
GRANT SELECT (store_id, at, occupancy, created_at), INSERT (id, store_id, at, occupancy, user_id) ON occupancy_resets TO metrica_api;
GRANT SELECT (store_id, first_ts, last_ts) ON late_ranges TO metrica_api;
GRANT SELECT ON events, footfall_15m, coverage_15m TO metrica_api;
GRANT INSERT (actor_id, actor_email, action, subject_type, subject_id, store_id, before, after) ON audit_log TO metrica_api;

-- admin: creates and updates stores, cameras, members and worker keys. It may delete memberships only.
GRANT SELECT, INSERT, UPDATE ON users, stores, cameras, store_invites TO metrica_admin;
GRANT SELECT, INSERT, DELETE ON store_members TO metrica_admin;
GRANT
  SELECT (id, store_id, name, hint, created_at, last_used_at, revoked_at),
  INSERT (id, store_id, name, key_sha256, hint),
  UPDATE (revoked_at)
ON worker_keys TO metrica_admin;
GRANT SELECT ON events TO metrica_admin;
GRANT SELECT, INSERT ON count_checks TO metrica_admin;
GRANT SELECT, INSERT (actor_id, actor_email, action, subject_type, subject_id, store_id, before, after) ON audit_log TO metrica_admin;

-- maintenance: deletes old invitations and the snapshots of removed cameras, and checks that the refresh job runs.
GRANT SELECT (accepted_at, expires_at), DELETE ON store_invites TO metrica_maintenance;
GRANT SELECT (snapshot_key) ON cameras TO metrica_maintenance;
GRANT SELECT (refreshed_at) ON aggregate_refresh TO metrica_maintenance;

-- analyst: reads the views of the schema analytics.
GRANT USAGE ON SCHEMA analytics TO metrica_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO metrica_analyst;
