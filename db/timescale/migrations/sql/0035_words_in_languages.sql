-- What the pages need to say in the language of their user: the names of public holidays, and the numbers of an incident.

-- names: {"en": "Christmas Day", "fr": "Noël"}, in those of the dashboard's languages that the list of the country has. NULL: not
-- looked up yet; the maintenance job does that for holidays that were stored before.
ALTER TABLE public_holidays ADD COLUMN names jsonb;

-- A name is no reason to compute the KPIs of a store-day again.
DROP TRIGGER note_special_hours ON public_holidays;
CREATE TRIGGER note_special_hours AFTER INSERT OR DELETE OR UPDATE OF store_id, day, is_closed ON public_holidays
FOR EACH ROW EXECUTE FUNCTION note_special_hours();

-- facts: the numbers of `detail`: {"reached_fps": 3.1, "wanted_fps": 10}. Older incidents have none.
ALTER TABLE incidents ADD COLUMN facts jsonb NOT NULL DEFAULT '{}';

-- maintenance: looks up the names.
GRANT SELECT (name, names), UPDATE (names) ON public_holidays TO metrica_maintenance;
