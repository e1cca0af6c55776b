-- The work of a policy on a chunk is due when the chunk is old enough, and not before there is the chunk: crossings of a box that
-- was offline for weeks, or of an import, create old chunks. The policy runs within a day; before, they were overdue at once.
-- The rest is as in 0014_watch_analyst_job.sql.
CREATE OR REPLACE FUNCTION job_status() RETURNS TABLE (
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
        SELECT min(greatest(
          chunk.range_end + coalesce(job.config ->> 'compress_after', job.config ->> 'drop_after')::interval,
          chunk.chunk_creation_time
        ))
        FROM timescaledb_information.chunks AS chunk
        WHERE chunk.hypertable_schema = job.hypertable_schema AND chunk.hypertable_name = job.hypertable_name
          AND (job.proc_name = 'policy_retention' OR NOT chunk.is_compressed)
      )
    END
  FROM timescaledb_information.jobs AS job
  LEFT JOIN timescaledb_information.job_stats AS stats ON stats.job_id = job.job_id
  WHERE job.proc_name IN (
    'refresh_aggregates', 'policy_compression', 'policy_retention', 'end_long_analyst_statements'
  )
  ORDER BY job.job_id
$$;
