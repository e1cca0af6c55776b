-- The coverage of an hour in which a camera began or stopped to count: what it should have watched is the part of the hour in which it
-- counted. (Taking the whole hour of the cameras that counted at its start gave 1.75, or nothing, when another began at a quarter past.)

CREATE OR REPLACE VIEW analytics.hourly_footfall WITH (security_barrier) AS
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
