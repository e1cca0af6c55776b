-- The schema that analysts read. Row-level security does not work with continuous aggregates or the columnstore. A
-- security-barrier view of the granted stores does: a function in a query sees a row only after the view's own condition has
-- accepted it.

CREATE SCHEMA analytics;

CREATE VIEW analytics.stores WITH (security_barrier) AS
SELECT s.id AS store_id, s.name, s.timezone, s.day_start, s.capacity, s.created_at
FROM public.stores s
JOIN public.analyst_grants g ON g.store_id = s.id AND g.role_name = current_user
WHERE s.archived_at IS NULL;

-- One row per hour of the store's own clock, with what its cameras counted during their counting periods. An hour that was
-- observed and in which nobody crossed a line is a row of zeros. An hour without observed minutes and crossings has no row.
--
-- observed_share = observed minutes / minutes in which cameras counted, of the whole hour. It is not the coverage of the API,
-- which is the observed share of the open time only.
--
-- Hours are read from the hourly aggregates where an hour of the store's clock is a UTC hour that lies within one counting
-- period. The rest is read from the quarter-hours: everything in a time zone whose offset from UTC is not a whole number of
-- hours, and otherwise the hours in which a counting period begins or ends.
CREATE VIEW analytics.hourly_footfall WITH (security_barrier) AS
SELECT
  s.id AS store_id,
  s.name AS store_name,
  s.timezone,
  hours.hour,
  hours.hour AT TIME ZONE s.timezone AS local_hour,
  (hours.hour AT TIME ZONE s.timezone)::date AS local_date,
  extract(isodow FROM hours.hour AT TIME ZONE s.timezone)::integer AS weekday,
  extract(hour FROM hours.hour AT TIME ZONE s.timezone)::integer AS hour_of_day,
  hours.visitors,
  hours.exits,
  hours.observed_share
FROM public.analyst_grants g
JOIN public.stores s ON s.id = g.store_id AND s.archived_at IS NULL
CROSS JOIN LATERAL (
  -- Looking at each day is enough: no offset with half-hours or quarter-hours has ever been valid for less than a day.
  SELECT coalesce(bool_and(extract(minute FROM day AT TIME ZONE s.timezone) = 0), true) AS has_whole_hour_offset
  FROM generate_series(
    (SELECT date_trunc('day', min(counts_from), 'UTC') FROM public.camera_counting_periods WHERE store_id = s.id),
    now() + interval '1 day',
    interval '1 day'
  ) AS day
) zone
CROSS JOIN LATERAL (
  SELECT
    totals.hour,
    totals.visitors,
    totals.exits,
    totals.observed_minutes * 60 / sum(extract(epoch FROM
      least(totals.hour + interval '1 hour', p.counts_until) - greatest(totals.hour, p.counts_from)
    )::double precision) AS observed_share
  FROM (
    SELECT
      counted.hour,
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
        AND utc.hour >= p.counts_from AND (p.counts_until IS NULL OR utc.hour + interval '1 hour' <= p.counts_until)
      WHERE zone.has_whole_hour_offset
      UNION ALL
      SELECT
        quarter.bucket - extract(minute FROM quarter.bucket AT TIME ZONE s.timezone) * interval '1 minute',
        quarter.ins,
        quarter.outs,
        quarter.minutes
      FROM (
        SELECT
          camera_id,
          counts_from,
          coalesce(counts_until, 'infinity') AS counts_until,
          date_trunc('hour', counts_from + interval '45 minutes', 'UTC') AS first_hour,
          date_trunc('hour', coalesce(counts_until, 'infinity'), 'UTC') AS last_hour
        FROM public.camera_counting_periods WHERE store_id = s.id
      ) p
      CROSS JOIN LATERAL (
        SELECT p.counts_from AS since, p.counts_until AS until WHERE NOT zone.has_whole_hour_offset
        UNION ALL
        SELECT p.counts_from, least(p.first_hour, p.counts_until) WHERE zone.has_whole_hour_offset
        UNION ALL
        SELECT greatest(p.first_hour, p.last_hour), p.counts_until WHERE zone.has_whole_hour_offset
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
    GROUP BY 1
  ) totals
  JOIN public.camera_counting_periods p ON p.store_id = s.id
    AND p.counts_from < totals.hour + interval '1 hour' AND (p.counts_until IS NULL OR p.counts_until > totals.hour)
  GROUP BY totals.hour, totals.visitors, totals.exits, totals.observed_minutes
) hours
WHERE g.role_name = current_user;
