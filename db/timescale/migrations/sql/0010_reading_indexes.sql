-- What a route reads of an aggregate is one store's quarter-hours in order, with all their numbers: from the index alone. By the one of
-- the time bucket, which the planner preferred while there were few stores, it read every store's rows (docs/data-model.md).

CREATE INDEX footfall_15m_reading_idx ON footfall_15m (store_id, bucket) INCLUDE (camera_id, ins, outs, in_offset_s, out_offset_s);
CREATE INDEX coverage_15m_reading_idx ON coverage_15m (store_id, bucket) INCLUDE (camera_id, minutes);
