-- The KPIs of store-days that are over and delivered, computed once.

-- A row is valid while its data_version is the sum of the versions of the UTC dates that its store-day overlaps, and its
-- formula_version is that of the program that reads it. The version is read in the same snapshot as the data of the row, so a
-- change that is committed later makes the row invalid, in either order of the commits.
CREATE TABLE store_days (
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  day date NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  data_version bigint NOT NULL,
  formula_version integer NOT NULL,
  kpis jsonb NOT NULL,
  hourly_rates jsonb NOT NULL,
  computed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (store_id, day),
  CONSTRAINT store_days_order_check CHECK (starts_at < ends_at)
);

-- How often something changed that the numbers of a UTC date rest on, after the date could have been computed. The row of
-- '-infinity' counts changes of the whole history. No foreign key: data may arrive for a store while it is being deleted.
CREATE TABLE store_data_versions (
  store_id uuid NOT NULL,
  utc_date date NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (store_id, utc_date)
);

-- Count a change of the data or the settings of a store between two times, both inclusive. Nothing is computed after tomorrow.
CREATE FUNCTION note_store_change(store uuid, first_ts timestamptz, last_ts timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO store_data_versions AS noted (store_id, utc_date)
  SELECT store, utc_date::date
  FROM (SELECT first_ts AS since, least(last_ts, now() + interval '1 day') AS until) AS change
  CROSS JOIN LATERAL generate_series(
    CASE WHEN since >= until - interval '31 days' THEN date_trunc('day', since AT TIME ZONE 'UTC') END,
    date_trunc('day', until AT TIME ZONE 'UTC'),
    interval '1 day'
  ) AS utc_date
  WHERE since <= until
  UNION ALL
  SELECT store, '-infinity' WHERE first_ts < least(last_ts, now() + interval '1 day') - interval '31 days'
  ORDER BY 2
  ON CONFLICT (store_id, utc_date) DO UPDATE SET version = noted.version + 1
$$;
REVOKE EXECUTE ON FUNCTION note_store_change(uuid, timestamptz, timestamptz) FROM PUBLIC;

-- Late events and minutes, when they come in, and again when a refresh of the aggregates has covered them. Data that is
-- younger than half an hour belongs to a day that is not computed yet.
CREATE FUNCTION note_late_data() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO store_data_versions AS noted (store_id, utc_date)
  SELECT DISTINCT store_id, (hour AT TIME ZONE 'UTC')::date FROM changed ORDER BY 1, 2
  ON CONFLICT (store_id, utc_date) DO UPDATE SET version = noted.version + 1;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_late_data() FROM PUBLIC;
CREATE TRIGGER note_new_late_data AFTER INSERT ON late_ranges
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_late_data();
CREATE TRIGGER note_more_late_data AFTER UPDATE ON late_ranges
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_late_data();
CREATE TRIGGER note_refreshed_late_data AFTER DELETE ON late_ranges
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_late_data();

-- Corrections of the occupancy.
CREATE FUNCTION note_occupancy_reset() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_store_change(OLD.store_id, OLD.at, OLD.at);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_store_change(NEW.store_id, NEW.at, NEW.at);
  END IF;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_occupancy_reset() FROM PUBLIC;
CREATE TRIGGER note_occupancy_reset AFTER INSERT OR UPDATE OR DELETE ON occupancy_resets
FOR EACH ROW EXECUTE FUNCTION note_occupancy_reset();

-- Counting periods: the time in which a camera counts now and did not before, or the other way round.
CREATE FUNCTION note_counting_period() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM note_store_change(NEW.store_id, NEW.counts_from, coalesce(NEW.counts_until, 'infinity'));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM note_store_change(OLD.store_id, OLD.counts_from, coalesce(OLD.counts_until, 'infinity'));
  ELSE
    IF NEW.counts_from <> OLD.counts_from THEN
      PERFORM note_store_change(
        NEW.store_id, least(NEW.counts_from, OLD.counts_from), greatest(NEW.counts_from, OLD.counts_from)
      );
    END IF;
    IF NEW.counts_until IS DISTINCT FROM OLD.counts_until THEN
      PERFORM note_store_change(
        NEW.store_id,
        least(NEW.counts_until, OLD.counts_until),
        greatest(coalesce(NEW.counts_until, 'infinity'), coalesce(OLD.counts_until, 'infinity'))
      );
    END IF;
  END IF;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_counting_period() FROM PUBLIC;
CREATE TRIGGER note_counting_period AFTER INSERT OR UPDATE OR DELETE ON camera_counting_periods
FOR EACH ROW EXECUTE FUNCTION note_counting_period();

-- A camera whose data is complete only until an earlier time than before: days that were delivered may change again.
CREATE FUNCTION note_undelivered_data() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM note_store_change(NEW.store_id, NEW.delivered_until, now());
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_undelivered_data() FROM PUBLIC;
CREATE TRIGGER note_undelivered_data AFTER UPDATE OF delivered_until, archived_at, store_id ON cameras
FOR EACH ROW WHEN (
  NEW.delivered_until IS NOT NULL AND (
    OLD.delivered_until IS NULL OR NEW.delivered_until < OLD.delivered_until
    OR NEW.archived_at IS DISTINCT FROM OLD.archived_at OR NEW.store_id <> OLD.store_id
  )
) EXECUTE FUNCTION note_undelivered_data();

-- A version of the counting line on or before a date with another one: what came after it may have begun another line.
CREATE FUNCTION note_line_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM note_store_change(c.store_id, NEW.day::timestamp AT TIME ZONE 'UTC', 'infinity')
  FROM cameras c WHERE c.id = NEW.camera_id AND EXISTS (
    SELECT FROM camera_line_minutes other WHERE other.camera_id = NEW.camera_id AND other.day >= NEW.day
      AND other.line_version IS DISTINCT FROM NEW.line_version
  );
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_line_change() FROM PUBLIC;
CREATE TRIGGER note_line_change AFTER INSERT OR UPDATE ON camera_line_minutes
FOR EACH ROW EXECUTE FUNCTION note_line_change();

-- Settings of a store.
CREATE FUNCTION note_store_settings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_store_change(OLD.store_id, OLD.starts_at, 'infinity');
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_store_change(NEW.store_id, NEW.starts_at, 'infinity');
  END IF;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_store_settings() FROM PUBLIC;
CREATE TRIGGER note_store_settings AFTER INSERT OR UPDATE OR DELETE ON store_settings
FOR EACH ROW EXECUTE FUNCTION note_store_settings();

-- api: reads the KPIs of store-days. The scheduled Lambda that computes and stores them reads what the API reads, so its login
-- is in the same role.
GRANT SELECT, INSERT, UPDATE ON store_days TO metrica_api;
GRANT SELECT ON store_data_versions TO metrica_api;
