-- The schema that analysts read. Row-level security does not work with continuous aggregates or the columnstore. A
-- security-barrier view of the granted stores does: a function in a query sees a row only after the view's own condition has
-- accepted it.

CREATE SCHEMA analytics;

CREATE VIEW analytics.stores WITH (security_barrier) AS
SELECT s.id AS store_id, s.name, s.timezone, s.day_start, s.capacity, s.created_at
FROM public.stores s
JOIN public.analyst_grants g ON g.store_id = s.id AND g.role_name = current_user
WHERE s.archived_at IS NULL;

-- One row per hour of the store's own clock. Only crossings that a camera counted during one of its counting periods.
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
  hours.minutes::double precision / nullif((
    SELECT sum(extract(epoch FROM
      least(hours.hour + interval '1 hour', p.counts_until) - greatest(hours.hour, p.counts_from)
    )::double precision / 60)
    FROM public.camera_counting_periods p
    WHERE p.store_id = s.id AND p.counts_from < hours.hour + interval '1 hour'
      AND (p.counts_until IS NULL OR p.counts_until > hours.hour)
  ), 0) AS coverage
FROM public.analyst_grants g
JOIN public.stores s ON s.id = g.store_id AND s.archived_at IS NULL
CROSS JOIN LATERAL (
  SELECT
    q.bucket - date_part('minute', q.bucket AT TIME ZONE s.timezone) * interval '1 minute' AS hour,
    sum(q.ins)::bigint AS visitors,
    sum(q.outs)::bigint AS exits,
    sum(q.minutes)::bigint AS minutes
  FROM (
    SELECT camera_id, bucket, ins, outs, 0 AS minutes FROM public.footfall_15m WHERE store_id = s.id
    UNION ALL
    SELECT camera_id, bucket, 0, 0, minutes FROM public.coverage_15m WHERE store_id = s.id
  ) q
  JOIN public.camera_counting_periods p ON p.camera_id = q.camera_id AND p.store_id = s.id
    AND q.bucket >= p.counts_from AND (p.counts_until IS NULL OR q.bucket < p.counts_until)
  GROUP BY 1
) hours
WHERE g.role_name = current_user;
