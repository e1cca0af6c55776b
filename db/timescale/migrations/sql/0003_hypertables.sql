-- The two hypertables. No foreign keys: ingest has checked store and camera by the worker key, stores and cameras are archived and
-- never deleted, and a key would be looked up once more for every row.

CREATE TABLE events (
  ts timestamptz NOT NULL,
  camera_id uuid NOT NULL,
  store_id uuid NOT NULL,
  event_id uuid NOT NULL,
  direction text NOT NULL CONSTRAINT events_direction_check CHECK (direction IN ('IN', 'OUT')),
  tracker_id bigint,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT events_camera_id_event_id_ts_key UNIQUE (camera_id, event_id, ts)
);
SELECT create_hypertable('events', by_range('ts', interval '7 days'), create_default_indexes => false);
CREATE INDEX events_store_id_ts_idx ON events (store_id, ts);

CREATE TABLE camera_minutes (
  minute timestamptz NOT NULL,
  camera_id uuid NOT NULL,
  store_id uuid NOT NULL,
  frames integer NOT NULL,
  dropped integer NOT NULL DEFAULT 0,
  fps real,
  reconnects integer NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT camera_minutes_counts_check CHECK (least(frames, dropped, reconnects) >= 0),
  CONSTRAINT camera_minutes_camera_id_minute_key UNIQUE (camera_id, minute)
);
SELECT create_hypertable('camera_minutes', by_range('minute', interval '7 days'), create_default_indexes => false);
