-- The versions of the counting line of each camera, and the version that each camera counted with.

ALTER TABLE cameras ADD COLUMN line_version integer NOT NULL DEFAULT 1;

CREATE TABLE camera_lines (
  camera_id uuid NOT NULL REFERENCES cameras ON DELETE CASCADE,
  version integer NOT NULL,
  line double precision[],
  anchor text NOT NULL,
  valid_from timestamptz NOT NULL,
  created_by uuid,
  PRIMARY KEY (camera_id, version)
);

INSERT INTO camera_lines (camera_id, version, line, anchor, valid_from)
SELECT id, line_version, line, anchor, created_at FROM cameras;

-- The version is a column of `cameras`, so that a statement that reads a line reads its version from the same row.
CREATE FUNCTION set_line_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.line_version := 1;
  ELSIF (NEW.line, NEW.anchor) IS DISTINCT FROM (OLD.line, OLD.anchor) THEN
    NEW.line_version := OLD.line_version + 1;
  ELSE
    NEW.line_version := OLD.line_version;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER set_line_version
BEFORE INSERT OR UPDATE OF line, anchor, line_version ON cameras
FOR EACH ROW EXECUTE FUNCTION set_line_version();

-- The function runs as the owner of the table (SECURITY DEFINER): a role that may update a camera needs no right to write
-- versions directly. The clock is read after the row is locked, so a later version never has an earlier time.
CREATE FUNCTION insert_camera_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO camera_lines (camera_id, version, line, anchor, valid_from)
    VALUES (NEW.id, NEW.line_version, NEW.line, NEW.anchor, NEW.created_at);
  ELSIF NEW.line_version <> OLD.line_version THEN
    INSERT INTO camera_lines (camera_id, version, line, anchor, valid_from)
    VALUES (NEW.id, NEW.line_version, NEW.line, NEW.anchor, clock_timestamp());
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER insert_camera_line
AFTER INSERT OR UPDATE OF line, anchor ON cameras
FOR EACH ROW EXECUTE FUNCTION insert_camera_line();

-- Which version a camera counted with, from its heartbeats: the first and the last minute of each UTC day. One row per day
-- keeps the effect of a wrong clock, and of a version that is used again, within the day.
CREATE TABLE camera_line_minutes (
  camera_id uuid NOT NULL REFERENCES cameras ON DELETE CASCADE,
  day date NOT NULL,
  line_version integer,
  first_minute timestamptz NOT NULL,
  last_minute timestamptz NOT NULL,
  CONSTRAINT camera_line_minutes_camera_id_day_line_version_key UNIQUE NULLS NOT DISTINCT (camera_id, day, line_version),
  CONSTRAINT camera_line_minutes_line_version_check CHECK (line_version > 0),
  CONSTRAINT camera_line_minutes_order_check CHECK (first_minute <= last_minute)
);

-- ingest: hands out the version with the line, and stores the version of each minute.
GRANT SELECT (line_version) ON cameras TO metrica_ingest;
GRANT SELECT, INSERT, UPDATE (first_minute, last_minute) ON camera_line_minutes TO metrica_ingest;

-- api: marks the quarter-hours in which the line changed, and comparisons across a change.
GRANT SELECT (camera_id, version, line, anchor) ON camera_lines TO metrica_api;
GRANT SELECT ON camera_line_minutes TO metrica_api;

-- admin: adds who has set a line.
GRANT SELECT (camera_id, version), UPDATE (created_by) ON camera_lines TO metrica_admin;
