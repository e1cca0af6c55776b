-- The day on which the weeks of a store begin: 1 = Monday, 7 = Sunday (ISO 8601).
ALTER TABLE stores
  ADD COLUMN first_weekday smallint NOT NULL DEFAULT 1,
  ADD CONSTRAINT stores_first_weekday_check CHECK (first_weekday BETWEEN 1 AND 7);

-- incidents: reads a store with the same statement as the other jobs.
GRANT SELECT (first_weekday) ON stores TO metrica_api, metrica_incidents;
