-- The history of the settings of each store, so that the numbers of a past day are computed with the settings of that day.

-- Settings are valid from a store-day on, until the store-day of the next row. starts_at is the start of that store-day:
-- the end of the one before, which its own settings decide. The first row of a store is valid from the beginning.
CREATE TABLE store_settings (
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  valid_from date NOT NULL,
  starts_at timestamptz NOT NULL,
  timezone text NOT NULL,
  day_start time NOT NULL,
  opening_hours jsonb,
  capacity integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (store_id, valid_from),
  CONSTRAINT store_settings_first_check CHECK ((valid_from = '-infinity') = (starts_at = '-infinity'))
);

INSERT INTO store_settings (store_id, valid_from, starts_at, timezone, day_start, opening_hours, capacity, created_at)
SELECT id, '-infinity', '-infinity', timezone, day_start, opening_hours, capacity, created_at FROM stores;

-- Return the time at which the clock of a zone shows a local time: the first of two, as Python's zoneinfo with fold=0, while
-- AT TIME ZONE gives the second. Clocks go back by at most three hours, and by whole quarter-hours.
CREATE FUNCTION first_time_at(local_time timestamp, zone text) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT least(last.at, (
    SELECT min(last.at - n * interval '15 minutes') FROM generate_series(1, 12) n
    WHERE (last.at - n * interval '15 minutes') AT TIME ZONE zone = local_time
  ))
  FROM (SELECT local_time AT TIME ZONE zone AS at) last
$$;
REVOKE EXECUTE ON FUNCTION first_time_at(timestamp, text) FROM PUBLIC;

-- Return the store-day that contains a time, and its start. A time zone that the server does not know is read as UTC: an
-- administrator must be able to correct it.
CREATE FUNCTION store_day_at(store uuid, at timestamptz, OUT day date, OUT starts_at timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  settings store_settings;
BEGIN
  SELECT s.* INTO STRICT settings FROM store_settings s WHERE s.store_id = store AND s.starts_at <= at
  ORDER BY s.valid_from DESC LIMIT 1;
  BEGIN
    PERFORM at AT TIME ZONE settings.timezone;
  EXCEPTION WHEN invalid_parameter_value THEN
    settings.timezone := 'UTC';
  END;
  -- Two days to each side are enough: an offset from UTC and day_start are less than a day each.
  SELECT c.day, c.starts_at INTO STRICT day, starts_at
  FROM (
    SELECT d.day, first_time_at(d.day + settings.day_start, settings.timezone) AS starts_at
    FROM (SELECT (at AT TIME ZONE settings.timezone)::date + n AS day FROM generate_series(-2, 2) n) d
  ) c
  WHERE c.starts_at <= at ORDER BY c.day DESC LIMIT 1;
  IF day <= settings.valid_from THEN
    day := settings.valid_from;
    starts_at := settings.starts_at;
  END IF;
  starts_at := greatest(starts_at, settings.starts_at);
END
$$;
REVOKE EXECUTE ON FUNCTION store_day_at(uuid, timestamptz) FROM PUBLIC;

-- Keep the history of a store's settings consistent with `stores`. A change is valid from the store-day in progress on; a
-- second change within this day replaces the first. Until a camera counts for the store there is nothing to keep, and a
-- change is valid from the beginning.
-- The function runs as the owner of the table (SECURITY DEFINER): a role that may update a store needs no right to change its
-- history directly. clock_timestamp() and not now(): the updates of a store are in the order of their locks.
CREATE FUNCTION update_store_settings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  first_day date := '-infinity';
  first_start timestamptz := '-infinity';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (OLD.timezone, OLD.day_start, OLD.opening_hours, OLD.capacity)
      IS NOT DISTINCT FROM (NEW.timezone, NEW.day_start, NEW.opening_hours, NEW.capacity) THEN
      RETURN NULL;
    ELSIF EXISTS (SELECT FROM camera_counting_periods WHERE store_id = NEW.id) THEN
      SELECT day, starts_at INTO STRICT first_day, first_start FROM store_day_at(NEW.id, clock_timestamp());
    ELSE
      DELETE FROM store_settings WHERE store_id = NEW.id;
    END IF;
  END IF;
  INSERT INTO store_settings (store_id, valid_from, starts_at, timezone, day_start, opening_hours, capacity)
  VALUES (NEW.id, first_day, first_start, NEW.timezone, NEW.day_start, NEW.opening_hours, NEW.capacity)
  ON CONFLICT (store_id, valid_from) DO UPDATE SET
    timezone = excluded.timezone,
    day_start = excluded.day_start,
    opening_hours = excluded.opening_hours,
    capacity = excluded.capacity,
    created_at = excluded.created_at;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION update_store_settings() FROM PUBLIC;

CREATE TRIGGER update_store_settings
AFTER INSERT OR UPDATE OF timezone, day_start, opening_hours, capacity ON stores
FOR EACH ROW EXECUTE FUNCTION update_store_settings();

-- As in 0004_analytics.sql, with the time zone that was valid at the hour. Where the time zone of a store changes within an
-- hour of its clock, the two parts of the hour are two rows.
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
  SELECT v.timezone, v.starts_at, coalesce(lead(v.starts_at) OVER (ORDER BY v.valid_from), 'infinity') AS ends_at
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

-- api: computes the numbers of each store-day with its settings.
GRANT SELECT (store_id, valid_from, starts_at, timezone, day_start, opening_hours, capacity) ON store_settings TO metrica_api;
