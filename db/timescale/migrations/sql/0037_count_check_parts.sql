-- A manual count can be divided into parts, from whose differences the interval of the error follows: a list of
-- {"start", "end", "manual_in", "manual_out", "counted_in", "counted_out"}. Null: the window is one part.
-- complete: whether all crossings of the window had arrived when they were compared; null where that is not known.
ALTER TABLE count_checks ADD COLUMN parts jsonb, ADD COLUMN complete boolean;
