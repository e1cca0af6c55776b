-- When a camera counts for a store, kept in step with `cameras`. Edges are widened to quarter-hours, so that the aggregates,
-- whose smallest bucket is a quarter-hour, answer exactly: a change takes effect at the quarter-hour.

CREATE FUNCTION cameras_keep_counting_periods() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_catalog AS $$
DECLARE
  quarter constant interval := '15 minutes';
  did_count boolean := TG_OP = 'UPDATE' AND OLD.is_counting_line AND OLD.archived_at IS NULL;
  does_count boolean := NEW.is_counting_line AND NEW.archived_at IS NULL;
  -- a new camera counts from when it was made, which may be in the past; a change happens now
  begins timestamptz := date_bin(quarter, CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE now() END, 'epoch');
  ends timestamptz := date_bin(quarter, now() - interval '1 microsecond', 'epoch') + quarter;
BEGIN
  IF did_count AND does_count AND OLD.store_id = NEW.store_id THEN
    RETURN NULL;
  END IF;
  IF did_count THEN
    UPDATE camera_counting_periods SET counts_until = greatest(ends, counts_from + quarter)
    WHERE camera_id = OLD.id AND store_id = OLD.store_id AND counts_until IS NULL;
  END IF;
  IF does_count THEN
    -- switched off and on again within a quarter-hour: the period goes on
    UPDATE camera_counting_periods SET counts_until = NULL
    WHERE camera_id = NEW.id AND store_id = NEW.store_id AND counts_until >= begins;
    IF NOT FOUND THEN
      INSERT INTO camera_counting_periods (camera_id, store_id, counts_from) VALUES (NEW.id, NEW.store_id, begins);
    END IF;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER cameras_keep_counting_periods
AFTER INSERT OR UPDATE OF is_counting_line, store_id, archived_at ON cameras
FOR EACH ROW EXECUTE FUNCTION cameras_keep_counting_periods();

-- The audit log is written once.
CREATE FUNCTION audit_log_is_final() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log cannot be changed' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_log_is_final BEFORE UPDATE OR DELETE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_final();
