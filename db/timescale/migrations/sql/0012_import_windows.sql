-- Import windows: ingest accepts events and minutes of a camera that are older than usual, while a window is open.

CREATE TABLE import_windows (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  camera_id uuid NOT NULL REFERENCES cameras ON DELETE CASCADE,
  window_start timestamptz NOT NULL,
  window_end timestamptz NOT NULL,
  opened_by uuid,
  opened_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  closed_at timestamptz,
  CONSTRAINT import_windows_window_check CHECK (window_start < window_end)
);
CREATE INDEX import_windows_camera_id_idx ON import_windows (camera_id);

-- ingest: reads the open windows of the cameras of a key. admin: opens and closes windows; closed ones stay.
GRANT SELECT (camera_id, window_start, window_end, expires_at, closed_at) ON import_windows TO metrica_ingest;
GRANT
  SELECT,
  INSERT (id, store_id, camera_id, window_start, window_end, opened_by, expires_at),
  UPDATE (closed_at)
ON import_windows TO metrica_admin;
