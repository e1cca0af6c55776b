-- Metrica's plain tables. Names and types are a contract: db/timescale/tables/ says what each is for.

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
  day_start time NOT NULL DEFAULT '00:00',
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
