-- Late ranges by hour, and a refresh job whose work per run is bounded.
--
-- TimescaleDB logs one invalidated range per transaction, from the oldest to the newest changed row. Two late events of one
-- batch that are 30 days apart therefore invalidated 30 days of all stores, and the job recomputed them. The job now refreshes
-- the hours in which late data came in, and no others. A row of late_ranges lies within an hour, so a store has at most one row
-- for each hour in which ingest accepts data.

ALTER TABLE late_ranges RENAME TO late_ranges_before;

CREATE TABLE late_ranges (
  store_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  first_ts timestamptz NOT NULL,
  last_ts timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT late_ranges_within_hour_check
    CHECK (hour <= first_ts AND first_ts <= last_ts AND last_ts < hour + interval '1 hour')
);

INSERT INTO late_ranges (store_id, hour, first_ts, last_ts, received_at)
SELECT
  store_id,
  hour,
  min(greatest(first_ts, hour)),
  max(least(last_ts, hour + interval '1 hour' - interval '1 microsecond')),
  min(received_at)
FROM late_ranges_before
CROSS JOIN LATERAL generate_series(date_trunc('hour', first_ts, 'UTC'), last_ts, interval '1 hour') AS hour
GROUP BY store_id, hour;

DROP TABLE late_ranges_before;
ALTER TABLE late_ranges ADD PRIMARY KEY (store_id, hour);

ALTER TABLE aggregate_refresh ADD COLUMN refreshed_until timestamptz, ADD COLUMN recheck_from timestamptz;

-- Refresh every aggregate in bounded steps. A run refreshes, in this order:
--
-- 1. what is new: from an hour before the end of the last run to end_offset ago. The first run begins start_offset ago.
-- 2. the hours of late_ranges, at most hours_per_run of them, and at most hours_per_store because of one store. Each store's
--    oldest hour comes first, then each store's second: the many hours of one store do not delay the few of another. The rest
--    is left for the next runs, and the API reports it as pending until then.
-- 3. the next `recheck` of the last start_offset: the part of history where something was changed without a late range. The
--    job starts again at the oldest hour when it has reached the newest.
--
-- Hours older than max_age are never refreshed: a refresh over dropped chunks deletes the aggregates' rows.
-- A late range is deleted when its hour was refreshed, unless ingest has changed it in the meantime (version).
-- The rest is as in 0003_jobs.sql and 0007_refresh_lock.sql: one job, the lock, one batch, no SET search_path.
CREATE OR REPLACE PROCEDURE refresh_aggregates(job_id integer, config jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  run_started_at constant timestamptz := now();
  oldest constant timestamptz := date_trunc('hour', now() - (config ->> 'max_age')::interval, 'UTC') + interval '1 hour';
  history_start constant timestamptz := date_trunc('hour', now() - (config ->> 'start_offset')::interval, 'UTC');
  new_start timestamptz;
  new_end constant timestamptz := now() - (config ->> 'end_offset')::interval;
  recheck_start timestamptz;
  recheck_end timestamptz;
  store_ids uuid[];
  hours timestamptz[];
  versions integer[];
  window_starts timestamptz[];
  window_ends timestamptz[];
BEGIN
  PERFORM public.acquire_refresh_lock();
  DELETE FROM late_ranges WHERE hour < oldest;

  -- At least a whole hour before new_end: a shorter window would contain no bucket of the hourly aggregates.
  SELECT greatest(date_trunc('hour', refreshed_until, 'UTC') - interval '1 hour', oldest), date_trunc('hour', recheck_from, 'UTC')
    INTO new_start, recheck_start FROM aggregate_refresh;
  new_start := least(coalesce(new_start, history_start), date_trunc('hour', new_end, 'UTC') - interval '1 hour');
  IF recheck_start IS NULL OR recheck_start < history_start OR recheck_start >= new_start THEN
    recheck_start := history_start;
  END IF;
  recheck_end := least(recheck_start + (config ->> 'recheck')::interval, new_start);

  -- Before anything is refreshed: what ingest adds from here on has another version.
  WITH ranked AS (
    SELECT hour, received_at, row_number() OVER (PARTITION BY store_id ORDER BY hour) AS position
    FROM late_ranges WHERE hour < new_start
  ), late AS (
    SELECT hour FROM ranked WHERE position <= (config ->> 'hours_per_store')::integer
    GROUP BY hour ORDER BY min(position), min(received_at), hour LIMIT (config ->> 'hours_per_run')::integer
  ), hour_to_refresh AS (
    SELECT hour FROM late
    UNION
    SELECT generate_series(recheck_start, recheck_end - interval '1 hour', interval '1 hour')
  ), numbered AS (
    SELECT hour, hour - row_number() OVER (ORDER BY hour) * interval '1 hour' AS adjacent FROM hour_to_refresh
  ), merged AS (
    SELECT min(hour) AS window_start, max(hour) + interval '1 hour' AS window_end FROM numbered GROUP BY adjacent
  ), covered AS (
    SELECT store_id, hour, version FROM late_ranges
    WHERE hour >= new_start OR hour IN (SELECT hour FROM hour_to_refresh)
  )
  SELECT
    (SELECT array_agg(window_start ORDER BY window_start) FROM merged),
    (SELECT array_agg(window_end ORDER BY window_start) FROM merged),
    (SELECT array_agg(store_id ORDER BY store_id, hour) FROM covered),
    (SELECT array_agg(hour ORDER BY store_id, hour) FROM covered),
    (SELECT array_agg(version ORDER BY store_id, hour) FROM covered)
    INTO window_starts, window_ends, store_ids, hours, versions;
  COMMIT;

  window_starts := new_start || window_starts;
  window_ends := new_end || window_ends;
  FOR i IN 1 .. cardinality(window_starts) LOOP
    CALL refresh_continuous_aggregate('footfall_15m', window_starts[i], window_ends[i], options => '{"buckets_per_batch": 0}');
    COMMIT;
    CALL refresh_continuous_aggregate('footfall_hourly', window_starts[i], window_ends[i], options => '{"buckets_per_batch": 0}');
    COMMIT;
    CALL refresh_continuous_aggregate('coverage_15m', window_starts[i], window_ends[i], options => '{"buckets_per_batch": 0}');
    COMMIT;
    CALL refresh_continuous_aggregate('coverage_hourly', window_starts[i], window_ends[i], options => '{"buckets_per_batch": 0}');
    COMMIT;
    -- SKIP LOCKED: ingest is changing that row, so it must stay. Waiting for it could be a deadlock.
    WITH refreshed AS (
      SELECT late.store_id, late.hour, late.version = covered.version AS is_unchanged
      FROM late_ranges AS late
      JOIN unnest(store_ids, hours, versions) AS covered (store_id, hour, version) USING (store_id, hour)
      WHERE late.hour >= window_starts[i] AND (i = 1 OR late.hour < window_ends[i])
      FOR UPDATE OF late SKIP LOCKED
    ), deleted AS (
      DELETE FROM late_ranges AS late USING refreshed
      WHERE late.store_id = refreshed.store_id AND late.hour = refreshed.hour AND refreshed.is_unchanged
    )
    -- What came in during this run has been waiting since then, and not since the hour's first late data.
    UPDATE late_ranges AS late SET received_at = run_started_at FROM refreshed
    WHERE late.store_id = refreshed.store_id AND late.hour = refreshed.hour AND NOT refreshed.is_unchanged;
    IF i = 1 THEN
      UPDATE aggregate_refresh SET refreshed_until = new_end;
    END IF;
    COMMIT;
  END LOOP;
  UPDATE aggregate_refresh SET refreshed_at = now(), recheck_from = recheck_end;
  PERFORM public.release_refresh_lock();
END
$$;

SELECT alter_job(
  job_id,
  config => '{"start_offset": "31 days", "end_offset": "35 minutes", "max_age": "399 days", "recheck": "3 hours", "hours_per_run": 168, "hours_per_store": 72}'
) FROM timescaledb_information.jobs WHERE proc_name = 'refresh_aggregates';

-- ingest: adds an hour, or widens the range of an hour that is there. Both need the right to read the columns.
GRANT
  SELECT (store_id, hour, first_ts, last_ts, version),
  INSERT (store_id, hour, first_ts, last_ts),
  UPDATE (first_ts, last_ts, version)
ON late_ranges TO metrica_ingest;
GRANT SELECT (store_id, first_ts, last_ts) ON late_ranges TO metrica_api;
