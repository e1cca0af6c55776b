-- The hypertables and the continuous aggregates on top of them.
--
-- The hypertables have no foreign keys: ingest has checked the store and the camera by the worker key, stores and cameras
-- are archived and never deleted, and a foreign key would cost one more lookup for every row.

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

ALTER TABLE events SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'camera_id', timescaledb.orderby = 'ts');
ALTER TABLE camera_minutes
  SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'camera_id', timescaledb.orderby = 'minute');

-- The aggregates are real-time: buckets that are not materialised yet are computed from the hypertable.

CREATE MATERIALIZED VIEW footfall_15m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  time_bucket(interval '15 minutes', ts) AS bucket,
  store_id,
  camera_id,
  count(*) FILTER (WHERE direction = 'IN') AS ins,
  count(*) FILTER (WHERE direction = 'OUT') AS outs,
  coalesce(sum(extract(epoch FROM ts - time_bucket(interval '15 minutes', ts))::double precision) FILTER (WHERE direction = 'IN'), 0)
    AS in_offset_s,
  coalesce(sum(extract(epoch FROM ts - time_bucket(interval '15 minutes', ts))::double precision) FILTER (WHERE direction = 'OUT'), 0)
    AS out_offset_s
FROM events
GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW footfall_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  time_bucket(interval '1 hour', bucket) AS bucket,
  store_id,
  camera_id,
  sum(ins)::bigint AS ins,
  sum(outs)::bigint AS outs,
  sum(in_offset_s + ins * extract(epoch FROM bucket - time_bucket(interval '1 hour', bucket))::double precision) AS in_offset_s,
  sum(out_offset_s + outs * extract(epoch FROM bucket - time_bucket(interval '1 hour', bucket))::double precision) AS out_offset_s
FROM footfall_15m
GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW coverage_15m
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  time_bucket(interval '15 minutes', minute) AS bucket,
  store_id,
  camera_id,
  count(*) FILTER (WHERE frames > 0) AS minutes
FROM camera_minutes
GROUP BY 1, 2, 3
WITH NO DATA;

CREATE MATERIALIZED VIEW coverage_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT
  time_bucket(interval '1 hour', bucket) AS bucket,
  store_id,
  camera_id,
  sum(minutes)::bigint AS minutes
FROM coverage_15m
GROUP BY 1, 2, 3
WITH NO DATA;

-- Covering indexes: the API reads the buckets of one store in order, with all their numbers, from the index alone. Without
-- them the planner prefers the index on the bucket while there are few stores, and reads the rows of every store
-- (docs/data-model.md).
CREATE INDEX footfall_15m_store_id_bucket_covering_idx ON footfall_15m (store_id, bucket)
  INCLUDE (camera_id, ins, outs, in_offset_s, out_offset_s);
CREATE INDEX coverage_15m_store_id_bucket_covering_idx ON coverage_15m (store_id, bucket) INCLUDE (camera_id, minutes);
