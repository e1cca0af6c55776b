-- A store-day is whole quarter-hours, as the aggregates are: one that began at 04:10 would lose the crossings before and after its
-- border once single crossings are dropped. The admin API has always refused it.

ALTER TABLE stores ADD CONSTRAINT stores_day_start_check CHECK (extract(epoch FROM day_start)::integer % 900 = 0);
