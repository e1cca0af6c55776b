-- One job refreshes every aggregate, in the order in which they stand on each other, and strikes off the notes of late data that it has
-- covered. Three policies and the maintenance Lambda did so before, side by side: two refreshes of one aggregate at the same time can
-- leave gaps or doubled rows (before timescale/timescaledb#9571, April 2026), and newer versions end the second with an error.

SELECT remove_continuous_aggregate_policy('footfall_15m');
SELECT remove_continuous_aggregate_policy('footfall_hourly');
SELECT remove_continuous_aggregate_policy('coverage_15m');

-- When the job last came to its end, on any server: maintenance rings an alarm when that is long ago.
CREATE TABLE aggregate_refresh (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT aggregate_refresh_single_check CHECK (id = 1),
  refreshed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO aggregate_refresh DEFAULT VALUES;

-- config: reach = how far back, further than the oldest event that ingest accepts (30 days) and far from retention (refreshing over
-- dropped chunks would delete the aggregates' rows); settled = how far from now it ends: what comes later than ingest's half hour is
-- noted as late, and the five minutes between are for transactions under way. Only what changed is computed again, and a
-- quarter-hour that is not over is left to the real-time half. The lock is the one of db/timescale/aggregate_refresh.py.
-- In one batch: in batches, three weeks of late events cost 45 s instead of less than one, and TimescaleDB 2.28 leaves the bucket
-- at the end of the window stale (timescale/timescaledb#10221).
-- No SET search_path: a procedure with one cannot commit, and a refresh is several transactions; each ends with a COMMIT here.
CREATE PROCEDURE refresh_aggregates(job_id integer, config jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  noted bigint[];
  begins timestamptz;
  ends timestamptz := now() - (config ->> 'settled')::interval;
BEGIN
  PERFORM pg_advisory_lock(1919247986);
  SELECT array_agg(id), least(min(first_ts), now() - (config ->> 'reach')::interval) INTO noted, begins FROM late_ranges;
  begins := date_trunc('hour', begins, 'UTC');
  COMMIT;
  CALL refresh_continuous_aggregate('footfall_15m', begins, ends, options => '{"buckets_per_batch": 0}');
  COMMIT;
  CALL refresh_continuous_aggregate('footfall_hourly', begins, ends, options => '{"buckets_per_batch": 0}');
  COMMIT;
  CALL refresh_continuous_aggregate('coverage_15m', begins, ends, options => '{"buckets_per_batch": 0}');
  COMMIT;
  DELETE FROM late_ranges WHERE id = ANY (noted);
  UPDATE aggregate_refresh SET refreshed_at = now();
  PERFORM pg_advisory_unlock(1919247986);
END
$$;
REVOKE EXECUTE ON PROCEDURE refresh_aggregates(integer, jsonb) FROM PUBLIC;
SELECT add_job('refresh_aggregates', interval '5 minutes', config => '{"reach": "31 days", "settled": "35 minutes"}');

-- Maintenance refreshes nothing any more, so it need not be the owner.
DO $$
BEGIN
  CREATE ROLE metrica_maintenance NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- roles belong to the whole server: another database of it has made this one
END
$$;
GRANT USAGE ON SCHEMA public TO metrica_maintenance;
GRANT SELECT (accepted_at, expires_at), DELETE ON store_invites TO metrica_maintenance;
GRANT SELECT (snapshot_key) ON cameras TO metrica_maintenance;
GRANT SELECT (refreshed_at) ON aggregate_refresh TO metrica_maintenance;
