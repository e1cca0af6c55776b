-- How long people may still leave after the store has closed, before it counts as empty. Valid from a store-day on, as the
-- opening hours are; earlier store-days were computed with an hour.
ALTER TABLE stores
  ADD COLUMN closing_grace_minutes smallint NOT NULL DEFAULT 60,
  ADD CONSTRAINT stores_closing_grace_minutes_check
    CHECK (closing_grace_minutes BETWEEN 0 AND 240 AND closing_grace_minutes % 15 = 0);
ALTER TABLE store_settings ADD COLUMN closing_grace_minutes smallint NOT NULL DEFAULT 60;

-- As in 0011_store_settings.sql, with the time after closing.
CREATE OR REPLACE FUNCTION update_store_settings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  first_day date := '-infinity';
  first_start timestamptz := '-infinity';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (OLD.timezone, OLD.day_start, OLD.opening_hours, OLD.closing_grace_minutes, OLD.capacity)
      IS NOT DISTINCT FROM (NEW.timezone, NEW.day_start, NEW.opening_hours, NEW.closing_grace_minutes, NEW.capacity) THEN
      RETURN NULL;
    ELSIF EXISTS (SELECT FROM camera_counting_periods WHERE store_id = NEW.id) THEN
      SELECT day, starts_at INTO STRICT first_day, first_start FROM store_day_at(NEW.id, clock_timestamp());
    ELSE
      DELETE FROM store_settings WHERE store_id = NEW.id;
    END IF;
  END IF;
  INSERT INTO store_settings (
    store_id, valid_from, starts_at, timezone, day_start, opening_hours, closing_grace_minutes, capacity
  )
  VALUES (
    NEW.id, first_day, first_start, NEW.timezone, NEW.day_start, NEW.opening_hours, NEW.closing_grace_minutes, NEW.capacity
  )
  ON CONFLICT (store_id, valid_from) DO UPDATE SET
    timezone = excluded.timezone,
    day_start = excluded.day_start,
    opening_hours = excluded.opening_hours,
    closing_grace_minutes = excluded.closing_grace_minutes,
    capacity = excluded.capacity,
    created_at = excluded.created_at;
  RETURN NULL;
END
$$;
DROP TRIGGER update_store_settings ON stores;
CREATE TRIGGER update_store_settings
AFTER INSERT OR UPDATE OF timezone, day_start, opening_hours, closing_grace_minutes, capacity ON stores
FOR EACH ROW EXECUTE FUNCTION update_store_settings();

GRANT SELECT (closing_grace_minutes) ON store_settings TO metrica_api, metrica_incidents;
