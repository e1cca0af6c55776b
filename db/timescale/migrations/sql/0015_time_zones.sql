-- One store's time zone that the server does not know breaks nothing, and a check of all time zones in use.

-- Return the name of a time zone, or UTC if the server does not know it: a server with the tzdata of its system may lack names
-- that were valid when the store was created.
CREATE FUNCTION usable_time_zone(name text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM now() AT TIME ZONE name;
  RETURN name;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN 'UTC';
END
$$;
REVOKE EXECUTE ON FUNCTION usable_time_zone(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION usable_time_zone(text) TO metrica_analyst;

-- Return the time zones of the stores, with their offsets from UTC in seconds, from first_at to last_at in steps.
-- The offsets are null if the server does not know the time zone.
-- SECURITY DEFINER: maintenance needs no right to read stores.
CREATE FUNCTION time_zone_offsets(first_at timestamptz, last_at timestamptz, step interval)
RETURNS TABLE (timezone text, offsets integer[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT
    used.timezone,
    CASE WHEN public.usable_time_zone(used.timezone) = used.timezone THEN (
      SELECT array_agg(extract(epoch FROM (at AT TIME ZONE used.timezone) - (at AT TIME ZONE 'UTC'))::integer ORDER BY at)
      FROM generate_series(first_at, last_at, step) AS at
    ) END
  FROM (
    SELECT DISTINCT settings.timezone FROM public.store_settings AS settings
    JOIN public.stores AS store ON store.id = settings.store_id AND store.archived_at IS NULL
  ) AS used
  ORDER BY used.timezone
$$;
REVOKE EXECUTE ON FUNCTION time_zone_offsets(timestamptz, timestamptz, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION time_zone_offsets(timestamptz, timestamptz, interval) TO metrica_admin, metrica_maintenance;

-- As in 0011_store_settings.sql, with UTC instead of a time zone that the server does not know.
CREATE OR REPLACE VIEW analytics.hourly_footfall WITH (security_barrier) AS
SELECT
  s.id AS store_id,
  s.name AS store_name,
  zone.timezone,
  hours.hour,
  date_trunc('hour', hours.hour AT TIME ZONE zone.timezone) AS local_hour,
  (hours.hour AT TIME ZONE zone.timezone)::date AS local_date,
  extract(isodow FROM hours.hour AT TIME ZONE zone.timezone)::integer AS weekday,
  extract(hour FROM hours.hour AT TIME ZONE zone.timezone)::integer AS hour_of_day,
  hours.visitors,
  hours.exits,
  hours.observed_share
FROM public.analyst_grants g
JOIN public.stores s ON s.id = g.store_id AND s.archived_at IS NULL
CROSS JOIN LATERAL (
  SELECT public.usable_time_zone(v.timezone) AS timezone, v.starts_at, coalesce(lead(v.starts_at) OVER (ORDER BY v.valid_from), 'infinity') AS ends_at
  FROM (
    SELECT valid_from, starts_at, timezone, lag(timezone) OVER (ORDER BY valid_from) AS timezone_before
    FROM public.store_settings WHERE store_id = s.id
  ) v
  WHERE v.timezone IS DISTINCT FROM v.timezone_before
) zone
CROSS JOIN LATERAL (
  -- Looking at each day is enough: no offset with half-hours or quarter-hours has ever been valid for less than a day.
  SELECT coalesce(bool_and(extract(minute FROM day AT TIME ZONE zone.timezone) = 0), true) AS has_whole_hour_offset
  FROM generate_series(
    (
      SELECT date_trunc('day', min(greatest(counts_from, zone.starts_at)), 'UTC')
      FROM public.camera_counting_periods WHERE store_id = s.id
    ),
    least(now(), zone.ends_at) + interval '1 day',
    interval '1 day'
  ) AS day
) clock
CROSS JOIN LATERAL (
  SELECT
    totals.hour,
    totals.visitors,
    totals.exits,
    totals.observed_minutes * 60 / sum(extract(epoch FROM
      least(totals.local_hour_end, p.counts_until, zone.ends_at) - greatest(totals.hour, p.counts_from)
    )::double precision) AS observed_share
  FROM (
    SELECT
      greatest(counted.hour, zone.starts_at) AS hour,
      counted.hour + interval '1 hour' AS local_hour_end,
      sum(counted.ins)::bigint AS visitors,
      sum(counted.outs)::bigint AS exits,
      sum(counted.minutes)::bigint AS observed_minutes
    FROM (
      SELECT utc.hour, utc.ins, utc.outs, utc.minutes
      FROM (
        SELECT camera_id, bucket AS hour, ins, outs, 0 AS minutes FROM public.footfall_hourly WHERE store_id = s.id
        UNION ALL
        SELECT camera_id, bucket, 0, 0, minutes FROM public.coverage_hourly WHERE store_id = s.id
      ) utc
      JOIN public.camera_counting_periods p ON p.camera_id = utc.camera_id AND p.store_id = s.id
        AND utc.hour >= greatest(p.counts_from, zone.starts_at)
        AND utc.hour + interval '1 hour' <= least(p.counts_until, zone.ends_at)
      WHERE clock.has_whole_hour_offset
      UNION ALL
      SELECT
        quarter.bucket - extract(minute FROM quarter.bucket AT TIME ZONE zone.timezone) * interval '1 minute',
        quarter.ins,
        quarter.outs,
        quarter.minutes
      FROM (
        SELECT
          camera_id,
          greatest(counts_from, zone.starts_at) AS counts_from,
          least(counts_until, zone.ends_at) AS counts_until,
          date_trunc('hour', greatest(counts_from, zone.starts_at) + interval '45 minutes', 'UTC') AS first_hour,
          date_trunc('hour', least(counts_until, zone.ends_at), 'UTC') AS last_hour
        FROM public.camera_counting_periods
        WHERE store_id = s.id AND greatest(counts_from, zone.starts_at) < least(counts_until, zone.ends_at)
      ) p
      CROSS JOIN LATERAL (
        SELECT p.counts_from AS since, p.counts_until AS until WHERE NOT clock.has_whole_hour_offset
        UNION ALL
        SELECT p.counts_from, least(p.first_hour, p.counts_until) WHERE clock.has_whole_hour_offset
        UNION ALL
        SELECT greatest(p.first_hour, p.last_hour), p.counts_until WHERE clock.has_whole_hour_offset
      ) span
      CROSS JOIN LATERAL (
        SELECT bucket, ins, outs, 0 AS minutes FROM public.footfall_15m
        WHERE store_id = s.id AND camera_id = p.camera_id AND bucket >= span.since AND bucket < span.until
        UNION ALL
        SELECT bucket, 0, 0, minutes FROM public.coverage_15m
        WHERE store_id = s.id AND camera_id = p.camera_id AND bucket >= span.since AND bucket < span.until
      ) quarter
      WHERE span.since < span.until
    ) counted
    GROUP BY counted.hour
  ) totals
  JOIN public.camera_counting_periods p ON p.store_id = s.id
    AND p.counts_from < least(totals.local_hour_end, zone.ends_at) AND (p.counts_until IS NULL OR p.counts_until > totals.hour)
  GROUP BY totals.hour, totals.local_hour_end, totals.visitors, totals.exits, totals.observed_minutes
) hours
WHERE g.role_name = current_user;
