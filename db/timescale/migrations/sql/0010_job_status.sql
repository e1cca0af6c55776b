-- What the maintenance Lambda watches of the jobs: their status, and the result that they are there for.
--
-- overdue_since is when the oldest work that is still undone became due: a late hour that is not refreshed, a chunk that is not
-- in the columnstore, a chunk that is older than the retention. It is null when nothing is left to do. The status alone is not
-- enough: a job can be reported as failed although its work is committed, and a job that is not run has no status.
-- SECURITY DEFINER: the views of TimescaleDB show a login the jobs and chunks that it owns.
CREATE FUNCTION job_status() RETURNS TABLE (
  job_id integer,
  job_name text,
  table_name text,
  scheduled boolean,
  last_run_status text,
  last_successful_finish timestamptz,
  next_start timestamptz,
  overdue_since timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT
    job.job_id,
    job.proc_name::text,
    job.hypertable_name::text,
    job.scheduled,
    stats.last_run_status,
    nullif(stats.last_successful_finish, '-infinity'),
    -- Without a first run the server has no background workers: the embedded server runs the jobs itself.
    CASE WHEN stats.last_run_started_at > '-infinity' AND stats.job_status <> 'Running' THEN stats.next_start END,
    CASE job.proc_name
      WHEN 'refresh_aggregates' THEN (SELECT min(late.received_at) FROM public.late_ranges AS late)
      ELSE (
        SELECT min(chunk.range_end) FROM timescaledb_information.chunks AS chunk
        WHERE chunk.hypertable_schema = job.hypertable_schema AND chunk.hypertable_name = job.hypertable_name
          AND (job.proc_name = 'policy_retention' OR NOT chunk.is_compressed)
      ) + (coalesce(job.config ->> 'compress_after', job.config ->> 'drop_after'))::interval
    END
  FROM timescaledb_information.jobs AS job
  LEFT JOIN timescaledb_information.job_stats AS stats ON stats.job_id = job.job_id
  WHERE job.proc_name IN ('refresh_aggregates', 'policy_compression', 'policy_retention')
  ORDER BY job.job_id
$$;

REVOKE EXECUTE ON FUNCTION job_status() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION job_status() TO metrica_maintenance;
GRANT SELECT (refreshed_until) ON aggregate_refresh TO metrica_maintenance;

-- A columnstore policy ends with an error when a chunk is written at the same moment: it tries again soon, not an hour later.
SELECT alter_job(job_id, retry_period => interval '5 minutes')
FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression';
