-- What the login of each Lambda may do: three group roles that own nothing and cannot log in. A login becomes a member of one of
-- them (docs/security.md). Columns are named where a Lambda needs some of a table only; a new statement that needs more is found by
-- tests/integration/functions/test_database_roles.py. Maintenance refreshes aggregates, which only their owner may.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['metrica_ingest', 'metrica_api', 'metrica_admin'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- roles belong to the whole server: another database of it has made this one
    END;
  END LOOP;
END
$$;

-- No objects of their own (the default since PostgreSQL 15; a server that was upgraded may still have the old one).
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO metrica_ingest, metrica_api, metrica_admin;

-- ingest: whose key is it, the cameras of that store, and adding to what they saw. It cannot read a crossing back.
GRANT SELECT (id, store_id, key_sha256, last_used_at, revoked_at), UPDATE (last_used_at) ON worker_keys TO metrica_ingest;
GRANT SELECT (id, archived_at) ON stores TO metrica_ingest;
GRANT
  SELECT (id, store_id, name, is_counting_line, line, anchor, sample_fps, snapshot_interval_s, snapshot_requested_at, snapshot_at,
          delivered_until, archived_at),
  UPDATE (last_seen_at, delivered_until, worker_version, model, backlog, oldest_unsent_s, total_in, total_out, snapshot_at, snapshot_key)
ON cameras TO metrica_ingest;
GRANT INSERT ON events TO metrica_ingest; -- of hypertables with a columnstore whole tables: single columns are an error
GRANT SELECT, INSERT, UPDATE ON camera_minutes TO metrica_ingest;
GRANT INSERT (store_id, first_ts, last_ts) ON late_ranges TO metrica_ingest;

-- api: reads what stores counted; writes the row of somebody who signs in, what an invitation gives them, and corrections by hand.
GRANT SELECT (id, email, last_seen_at), INSERT (id, email, last_seen_at), UPDATE (email, last_seen_at) ON users TO metrica_api;
GRANT SELECT (id, name, timezone, day_start, opening_hours, capacity, archived_at) ON stores TO metrica_api;
GRANT SELECT (store_id, user_id, role), INSERT (store_id, user_id, role, added_by) ON store_members TO metrica_api;
GRANT SELECT (id, store_id, email, invited_by, expires_at, accepted_at, revoked_at), UPDATE (accepted_at) ON store_invites TO metrica_api;
GRANT SELECT (id, store_id, name, is_counting_line, origin, last_seen_at, delivered_until, created_at, archived_at) ON cameras
  TO metrica_api;
GRANT SELECT ON camera_counting_periods TO metrica_api;
GRANT SELECT (store_id, at, occupancy, created_at), INSERT (id, store_id, at, occupancy, user_id) ON occupancy_resets TO metrica_api;
GRANT SELECT (store_id, first_ts, last_ts) ON late_ranges TO metrica_api;
GRANT SELECT ON events, footfall_15m, coverage_15m TO metrica_api;
GRANT INSERT (actor_id, actor_email, action, subject_type, subject_id, store_id, before, after) ON audit_log TO metrica_api;

-- admin: what superadmins set up. Nothing it does can be deleted but a membership, and the audit log is only added to.
GRANT SELECT, INSERT, UPDATE ON users, stores, cameras, store_invites TO metrica_admin;
GRANT SELECT, INSERT, DELETE ON store_members TO metrica_admin;
GRANT
  SELECT (id, store_id, name, hint, created_at, last_used_at, revoked_at),
  INSERT (id, store_id, name, key_sha256, hint),
  UPDATE (revoked_at)
ON worker_keys TO metrica_admin;
GRANT SELECT ON events TO metrica_admin;
GRANT SELECT, INSERT ON count_checks TO metrica_admin;
GRANT SELECT, INSERT (actor_id, actor_email, action, subject_type, subject_id, store_id, before, after) ON audit_log TO metrica_admin;

-- When a camera counts is written by the trigger on cameras and by nobody else: it runs as the owner of the table, so that whoever
-- may change a camera needs no right to rewrite history.
ALTER FUNCTION cameras_keep_counting_periods() SECURITY DEFINER;
ALTER FUNCTION cameras_keep_counting_periods() SET search_path = pg_catalog, public, pg_temp;

-- Emptying the log is a change of it, too.
CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_final();
