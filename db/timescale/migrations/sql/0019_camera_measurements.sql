-- What edge workers measure, where tracks ended near the line, and what ingest has stored of each worker instance.

ALTER TABLE cameras
  ADD COLUMN picture text,
  ADD COLUMN track_fragmentation double precision,
  ADD COLUMN fps_wanted double precision,
  ADD COLUMN fps_reached double precision,
  ADD COLUMN decode_ms double precision,
  ADD COLUMN inference_ms double precision,
  ADD COLUMN device text,
  ADD COLUMN clock_offset_s double precision,
  ADD COLUMN person_height double precision,
  ADD CONSTRAINT cameras_picture_check CHECK (picture IN ('ok', 'frozen', 'covered', 'moved', 'people_not_seen'));

-- stored: the crossings of the instance that ingest has stored since this table exists, counted in the statement that stores
--   them. counted_before: the crossings in the totals of the instance that had been delivered before.
-- totals_difference: the delivered crossings by the account of the edge box, less these two. It is set by a heartbeat without
--   a backlog: of a crossing that waits, ingest cannot tell whether it has arrived and only the answer was lost.
-- run_ids: the newest starts of the worker, newest first. A start that reports again after another one means that two boxes
--   run with copies of one outbox; copy_seen_at is when this was seen last.
CREATE TABLE worker_instances (
  camera_id uuid NOT NULL REFERENCES cameras (id) ON DELETE CASCADE,
  instance_id uuid NOT NULL,
  stored bigint NOT NULL DEFAULT 0,
  counted_before bigint,
  totals_difference bigint,
  totals_differ_since timestamptz,
  run_ids uuid[] NOT NULL DEFAULT '{}',
  copy_seen_at timestamptz,
  PRIMARY KEY (camera_id, instance_id)
);

-- points: [[x, y], …] in 0..1 of the picture. Ingest deletes what is older than an hour.
CREATE TABLE camera_track_ends (
  camera_id uuid NOT NULL REFERENCES cameras (id) ON DELETE CASCADE,
  received_at timestamptz NOT NULL DEFAULT now(),
  points jsonb NOT NULL
);
CREATE INDEX ON camera_track_ends (camera_id, received_at);

GRANT UPDATE (
  picture, track_fragmentation, fps_wanted, fps_reached, decode_ms, inference_ms, device, clock_offset_s, person_height
) ON cameras TO metrica_ingest;
GRANT SELECT, INSERT, UPDATE ON worker_instances TO metrica_ingest;
GRANT SELECT (camera_id, received_at), INSERT (camera_id, points), DELETE ON camera_track_ends TO metrica_ingest;
GRANT SELECT (picture) ON cameras TO metrica_api;
GRANT SELECT ON worker_instances, camera_track_ends TO metrica_admin;
