-- The lock of the refresh survives no failed run.
--
-- A refresh commits between its statements, so the lock belongs to the session, and PL/pgSQL cannot release it when a
-- statement fails: a block with EXCEPTION cannot commit. The background worker of the job ends with the job, which releases
-- the lock. A session that called the job and failed keeps it, and every later refresh would wait for ever. Therefore the
-- next refresh ends a session that holds the lock and has been idle for ten seconds.
--
-- Only the owner can execute these functions and those of the advisory locks (db/timescale/privileges.py).
CREATE FUNCTION acquire_refresh_lock(max_idle interval DEFAULT '10 seconds') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  WHILE NOT pg_try_advisory_lock(1919247986) LOOP
    PERFORM pg_stat_clear_snapshot(); -- otherwise pg_stat_activity shows the same rows for the whole transaction
    PERFORM pg_terminate_backend(a.pid)
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.database = a.datid AND a.datname = current_database()
      AND l.classid = 0 AND l.objid = 1919247986 AND l.objsubid = 1 AND l.granted
      AND a.state IN ('idle', 'idle in transaction', 'idle in transaction (aborted)')
      AND a.state_change < clock_timestamp() - max_idle;
    PERFORM pg_sleep(0.1);
  END LOOP;
END
$$;

-- A session that failed and then refreshes again holds the lock more than once.
CREATE FUNCTION release_refresh_lock() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  WHILE EXISTS (
    -- On the embedded server, which has one backend, pg_locks has no pid and pg_backend_pid() is 0.
    SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
    WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = 1919247986 AND l.objsubid = 1
      AND l.granted AND coalesce(l.pid, 0) = pg_backend_pid()
  ) LOOP
    PERFORM pg_advisory_unlock(1919247986);
  END LOOP;
END
$$;

REVOKE EXECUTE ON FUNCTION acquire_refresh_lock(interval), release_refresh_lock() FROM PUBLIC;

CREATE OR REPLACE PROCEDURE refresh_aggregates(job_id integer, config jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  covered_ids bigint[];
  window_start timestamptz;
  window_end timestamptz := now() - (config ->> 'end_offset')::interval;
BEGIN
  PERFORM public.acquire_refresh_lock();
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
  PERFORM public.release_refresh_lock();
END
$$;
