-- The instance of the edge worker that counts a camera, the one that was turned away, and crossings that did not arrive.

ALTER TABLE cameras
  ADD COLUMN refused integer,
  ADD COLUMN lost integer,
  ADD COLUMN set_aside integer,
  ADD COLUMN instance_id uuid,
  ADD COLUMN instance_seen_at timestamptz,
  ADD COLUMN rejected_instance_id uuid,
  ADD COLUMN rejected_instance_at timestamptz;

GRANT
  SELECT (instance_id, instance_seen_at, rejected_instance_id),
  UPDATE (refused, lost, set_aside, instance_id, instance_seen_at, rejected_instance_id, rejected_instance_at)
ON cameras TO metrica_ingest;
