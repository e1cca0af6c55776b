-- Which crossings the edge worker of a camera drops. Both policies are off by default. Edge workers read them.

ALTER TABLE cameras
  ADD COLUMN min_stay_s real NOT NULL DEFAULT 0 CONSTRAINT cameras_min_stay_s CHECK (min_stay_s BETWEEN 0 AND 60),
  ADD COLUMN ignore_children boolean NOT NULL DEFAULT false;

GRANT SELECT (min_stay_s, ignore_children) ON cameras TO metrica_ingest;
