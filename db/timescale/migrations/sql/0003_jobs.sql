-- The jobs that TimescaleDB runs: one that refreshes the aggregates, and the columnstore and retention policies.
-- db/timescale/limits.py declares the same numbers for the code.

-- Refresh every aggregate, one after the other, and delete the late ranges that the refresh has covered.
--
-- config: start_offset is how far back the refresh reaches. It is longer than the age up to which ingest accepts events
-- (30 days) and much shorter than the retention (a refresh over dropped chunks deletes the aggregates' rows). end_offset is
-- how old the newest bucket must be: ingest records later data in late_ranges after half an hour, and the other five minutes
-- are for transactions that have not been committed yet. The newest quarter-hours are left to the real-time part.
--
-- One job instead of a refresh policy for each aggregate: two refreshes of one aggregate at the same time can leave gaps or
-- doubled rows (before timescale/timescaledb#9571, April 2026), and in newer versions the second one fails. The advisory lock
-- is REFRESH_LOCK_KEY of db/timescale/limits.py, which db/timescale/aggregate_refresh.py holds too.
-- One batch: in batches of ten buckets, three weeks of late events take 45 s instead of less than one second, and TimescaleDB
-- 2.28 leaves the bucket at the end of the window stale (timescale/timescaledb#10221).
-- No SET search_path: a procedure with one cannot commit, and each refresh must end with a COMMIT.
CREATE PROCEDURE refresh_aggregates(job_id integer, config jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  covered_ids bigint[];
  window_start timestamptz;
  window_end timestamptz := now() - (config ->> 'end_offset')::interval;
BEGIN
  PERFORM pg_advisory_lock(1919247986);
  SELECT array_agg(id), least(min(first_ts), now() - (config ->> 'start_offset')::interval)
    INTO covered_ids, window_start FROM late_ranges;
  window_start := date_trunc('hour', window_start, 'UTC');
  COMMIT;
  CALL refresh_continuous_aggregate('footfall_15m', window_start, window_end, options => '{"buckets_per_batch": 0}');
  COMMIT;
  CALL refresh_continuous_aggregate('footfall_hourly', window_start, window_end, options => '{"buckets_per_batch": 0}');
  COMMIT;
  CALL refresh_continuous_aggregate('coverage_15m', window_start, window_end, options => '{"buckets_per_batch": 0}');
  COMMIT;
  CALL refresh_continuous_aggregate('coverage_hourly', window_start, window_end, options => '{"buckets_per_batch": 0}');
  COMMIT;
  DELETE FROM late_ranges WHERE id = ANY (covered_ids);
  UPDATE aggregate_refresh SET refreshed_at = now();
  PERFORM pg_advisory_unlock(1919247986);
END
$$;
REVOKE EXECUTE ON PROCEDURE refresh_aggregates(integer, jsonb) FROM PUBLIC;
SELECT add_job('refresh_aggregates', interval '5 minutes', config => '{"start_offset": "31 days", "end_offset": "35 minutes"}');

CALL add_columnstore_policy('events', after => interval '7 days');
CALL add_columnstore_policy('camera_minutes', after => interval '7 days');

SELECT add_retention_policy('events', drop_after => interval '400 days');
SELECT add_retention_policy('camera_minutes', drop_after => interval '400 days');
