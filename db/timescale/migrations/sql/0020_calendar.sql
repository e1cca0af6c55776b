-- The calendar of a store: the public holidays of its country and region, and its special days.

-- country: ISO 3166-1 alpha-2; region: ISO 3166-2 without the country. closed_on_holidays is for the holidays from today on.
ALTER TABLE stores
  ADD COLUMN country text,
  ADD COLUMN region text,
  ADD COLUMN closed_on_holidays boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT stores_region_check CHECK (region IS NULL OR country IS NOT NULL);

-- The admin API resolves the holidays when the country or the region of a store changes, and the maintenance job the next
-- years. So a request of the owner API needs no list of holidays, and those of the past stay as they were.
CREATE TABLE public_holidays (
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  day date NOT NULL,
  name text NOT NULL,
  is_closed boolean NOT NULL,
  PRIMARY KEY (store_id, day)
);

-- opening_hours: [["10:00", "14:00"], …], [] for a day on which the store is closed, NULL for the usual hours.
CREATE TABLE special_days (
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  day date NOT NULL,
  opening_hours jsonb,
  note text,
  changed_by uuid,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (store_id, day),
  CONSTRAINT special_days_content_check CHECK (opening_hours IS NOT NULL OR note IS NOT NULL)
);

-- Make the stored KPIs of the store-days invalid whose opening hours changed. The open times of a date begin on it and end on
-- the next date at the latest, in the zone of the store: one UTC date more on each side.
CREATE FUNCTION note_special_hours() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM note_store_change(
      OLD.store_id, (OLD.day - 1)::timestamp AT TIME ZONE 'UTC', (OLD.day + 2)::timestamp AT TIME ZONE 'UTC'
    );
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM note_store_change(
      NEW.store_id, (NEW.day - 1)::timestamp AT TIME ZONE 'UTC', (NEW.day + 2)::timestamp AT TIME ZONE 'UTC'
    );
  END IF;
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION note_special_hours() FROM PUBLIC;
CREATE TRIGGER note_special_hours AFTER INSERT OR UPDATE OR DELETE ON special_days
FOR EACH ROW EXECUTE FUNCTION note_special_hours();
CREATE TRIGGER note_special_hours AFTER INSERT OR UPDATE OR DELETE ON public_holidays
FOR EACH ROW EXECUTE FUNCTION note_special_hours();

-- api: owners keep the special days of their stores. admin: resolves the holidays. maintenance: resolves those of later years.
GRANT SELECT, INSERT, UPDATE, DELETE ON special_days TO metrica_api;
GRANT SELECT ON public_holidays TO metrica_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON public_holidays TO metrica_admin;
GRANT SELECT ON special_days TO metrica_admin;
GRANT SELECT (id, country, region, closed_on_holidays, archived_at) ON stores TO metrica_maintenance;
GRANT SELECT (store_id, day), INSERT ON public_holidays TO metrica_maintenance;
