-- What an analyst's role may see. Row-level security does not work with continuous aggregates or columnstore; a security-barrier
-- view over the granted stores does: no function of the caller's sees a row before the view's own condition has let it through.

DO $$
BEGIN
  CREATE ROLE metrica_analyst NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- roles belong to the whole server: another database of it has made this one
END
$$;

-- Nobody but the owner needs temporary tables here. On the embedded server all clients share one temporary schema, which is
-- searched first: an analyst's temporary table `stores` would stand before ours.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

CREATE TABLE analyst_grants (
  role_name text NOT NULL,
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  granted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (role_name, store_id)
);

CREATE SCHEMA analytics;

CREATE VIEW analytics.stores WITH (security_barrier) AS
SELECT s.id AS store_id, s.name, s.timezone, s.day_start, s.capacity, s.created_at
FROM public.stores s
JOIN public.analyst_grants g ON g.store_id = s.id AND g.role_name = current_user
WHERE s.archived_at IS NULL;

-- One row per hour of the store's own clock (in a zone at :30 or :45 it begins at :30 or :45 UTC: hence from the quarter-hours, not
-- from footfall_hourly). Only what cameras counted while they were a counting line of the store. An hour with coverage and
-- nobody in it is a row of zeros; an hour without either is no row. coverage = minutes with frames / minutes that should have had.
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
    SELECT 60 * count(*) FROM public.camera_counting_periods p
    WHERE p.store_id = s.id AND p.counts_from <= hours.hour AND (p.counts_until IS NULL OR p.counts_until > hours.hour)
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

GRANT USAGE ON SCHEMA analytics TO metrica_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO metrica_analyst;
