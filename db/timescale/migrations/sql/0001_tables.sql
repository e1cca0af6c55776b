-- The plain tables, and the triggers that keep two of them consistent. db/timescale/tables/ documents each table.

CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz
);

CREATE TABLE stores (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  timezone text NOT NULL,
  -- On a quarter-hour, because the smallest bucket of the aggregates is a quarter-hour.
  day_start time NOT NULL DEFAULT '00:00'
    CONSTRAINT stores_day_start_check CHECK (extract(epoch FROM day_start)::integer % 900 = 0),
  opening_hours jsonb,
  capacity integer CONSTRAINT stores_capacity_check CHECK (capacity > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);

CREATE TABLE store_members (
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  role text NOT NULL DEFAULT 'owner' CONSTRAINT store_members_role_check CHECK (role = 'owner'),
  added_by uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (store_id, user_id)
);
CREATE INDEX store_members_user_id_idx ON store_members (user_id);

CREATE TABLE store_invites (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  email text NOT NULL CONSTRAINT store_invites_email_check CHECK (email = lower(email)),
  invited_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX store_invites_store_id_idx ON store_invites (store_id);
CREATE INDEX store_invites_email_idx ON store_invites (email);

CREATE TABLE cameras (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores,
  name text NOT NULL,
  origin text NOT NULL DEFAULT 'camera' CONSTRAINT cameras_origin_check CHECK (origin IN ('camera', 'generated', 'simulated')),
  is_counting_line boolean NOT NULL DEFAULT true,
  line double precision[]
    CONSTRAINT cameras_line_check CHECK (cardinality(line) = 4 AND 0 <= ALL (line) AND 1 >= ALL (line)),
  anchor text NOT NULL DEFAULT 'foot' CONSTRAINT cameras_anchor_check CHECK (anchor IN ('center', 'foot')),
  sample_fps real NOT NULL DEFAULT 10 CONSTRAINT cameras_sample_fps_check CHECK (sample_fps > 0),
  snapshot_interval_s integer NOT NULL DEFAULT 3600
    CONSTRAINT cameras_snapshot_interval_s_check CHECK (snapshot_interval_s >= 0),
  snapshot_requested_at timestamptz,
  snapshot_at timestamptz,
  snapshot_key text,
  last_seen_at timestamptz,
  delivered_until timestamptz,
  worker_version text,
  model text,
  backlog integer,
  oldest_unsent_s double precision,
  total_in bigint,
  total_out bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE INDEX cameras_store_id_idx ON cameras (store_id);

CREATE TABLE camera_counting_periods (
  camera_id uuid NOT NULL REFERENCES cameras ON DELETE CASCADE,
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  counts_from timestamptz NOT NULL,
  counts_until timestamptz,
  PRIMARY KEY (camera_id, store_id, counts_from),
  CONSTRAINT camera_counting_periods_order_check CHECK (counts_from < counts_until)
);
CREATE INDEX camera_counting_periods_store_id_idx ON camera_counting_periods (store_id);

CREATE TABLE worker_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  name text NOT NULL,
  key_sha256 bytea NOT NULL UNIQUE CONSTRAINT worker_keys_key_sha256_check CHECK (octet_length(key_sha256) = 32),
  hint text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX worker_keys_store_id_idx ON worker_keys (store_id);

CREATE TABLE occupancy_resets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  at timestamptz NOT NULL,
  occupancy integer NOT NULL CONSTRAINT occupancy_resets_occupancy_check CHECK (occupancy >= 0),
  user_id uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX occupancy_resets_store_id_at_idx ON occupancy_resets (store_id, at);

CREATE TABLE count_checks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  camera_id uuid NOT NULL REFERENCES cameras ON DELETE CASCADE,
  window_start timestamptz NOT NULL,
  window_end timestamptz NOT NULL,
  manual_in integer NOT NULL,
  manual_out integer NOT NULL,
  counted_in integer NOT NULL,
  counted_out integer NOT NULL,
  note text,
  user_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT count_checks_window_check CHECK (window_start < window_end),
  CONSTRAINT count_checks_counts_check CHECK (least(manual_in, manual_out, counted_in, counted_out) >= 0)
);
CREATE INDEX count_checks_camera_id_window_start_idx ON count_checks (camera_id, window_start);

CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid,
  actor_email text,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id text,
  store_id uuid,
  before jsonb,
  after jsonb
);
CREATE INDEX audit_log_at_idx ON audit_log (at);
CREATE INDEX audit_log_store_id_at_idx ON audit_log (store_id, at);

CREATE TABLE late_ranges (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  store_id uuid NOT NULL,
  first_ts timestamptz NOT NULL,
  last_ts timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT late_ranges_order_check CHECK (first_ts <= last_ts)
);
CREATE INDEX late_ranges_store_id_idx ON late_ranges (store_id);

CREATE TABLE aggregate_refresh (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT aggregate_refresh_single_check CHECK (id = 1),
  refreshed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO aggregate_refresh DEFAULT VALUES;

CREATE TABLE analyst_grants (
  role_name text NOT NULL,
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  granted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (role_name, store_id)
);

-- Keep the counting periods of a camera consistent with `cameras`. Periods begin and end on quarter-hours, so that they are
-- whole buckets of the aggregates: a change takes effect at the quarter-hour.
-- The function runs as the owner of the table (SECURITY DEFINER): a role that may update a camera needs no right to change
-- counting periods directly.
CREATE FUNCTION update_counting_periods() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  quarter_hour constant interval := '15 minutes';
  counted_before boolean := TG_OP = 'UPDATE' AND OLD.is_counting_line AND OLD.archived_at IS NULL;
  counts_now boolean := NEW.is_counting_line AND NEW.archived_at IS NULL;
  -- A new camera counts from created_at, which may be in the past. A change takes effect now.
  period_start timestamptz :=
    date_bin(quarter_hour, CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE now() END, 'epoch');
  period_end timestamptz := date_bin(quarter_hour, now() - interval '1 microsecond', 'epoch') + quarter_hour;
BEGIN
  IF counted_before AND counts_now AND OLD.store_id = NEW.store_id THEN
    RETURN NULL;
  END IF;
  IF counted_before THEN
    UPDATE camera_counting_periods SET counts_until = greatest(period_end, counts_from + quarter_hour)
    WHERE camera_id = OLD.id AND store_id = OLD.store_id AND counts_until IS NULL;
  END IF;
  IF counts_now THEN
    -- If the camera was switched off and on again within a quarter-hour, its last period continues.
    UPDATE camera_counting_periods SET counts_until = NULL
    WHERE camera_id = NEW.id AND store_id = NEW.store_id AND counts_until >= period_start;
    IF NOT FOUND THEN
      INSERT INTO camera_counting_periods (camera_id, store_id, counts_from) VALUES (NEW.id, NEW.store_id, period_start);
    END IF;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER update_counting_periods
AFTER INSERT OR UPDATE OF is_counting_line, store_id, archived_at ON cameras
FOR EACH ROW EXECUTE FUNCTION update_counting_periods();

-- Rows of the audit log are never changed or deleted.
CREATE FUNCTION reject_audit_log_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log cannot be changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER reject_update_or_delete BEFORE UPDATE OR DELETE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION reject_audit_log_change();

CREATE TRIGGER reject_truncate BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION reject_audit_log_change();
