-- Continuous aggregates, all real-time: what is not materialised yet is read from the hypertable.

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
