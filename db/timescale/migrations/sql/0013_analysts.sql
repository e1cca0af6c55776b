-- Analysts by name. Roles can be seen by every login of the server, so the role of a new analyst has a random name, and only
-- the owner reads whose it is. Roles that exist keep their names, which are in their owners' connection strings.

CREATE TABLE analysts (
  role_name text PRIMARY KEY,
  name text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO analysts (role_name, name, created_at)
SELECT role_name, regexp_replace(role_name, '^analyst_', ''), min(granted_at) FROM analyst_grants GROUP BY role_name;

ALTER TABLE analyst_grants
  ADD CONSTRAINT analyst_grants_role_name_fkey FOREIGN KEY (role_name) REFERENCES analysts ON DELETE CASCADE;

-- End the sessions of analysts that hold the server up. The settings of a role are defaults: a session can change its
-- statement_timeout. A transaction of short statements holds its locks, and the rows that VACUUM would remove.
--
-- config: statement is how long a statement may run, idle_in_transaction how long a transaction may be idle, transaction how
-- long it may last. A superuser is a member of every role, but not an analyst.
CREATE PROCEDURE end_long_analyst_statements(job_id integer, config jsonb)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_terminate_backend(a.pid)
  FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
  WHERE pg_has_role(a.usesysid, 'metrica_analyst', 'MEMBER') AND NOT r.rolsuper AND (
    a.state IN ('active', 'fastpath function call') AND a.query_start < now() - (config ->> 'statement')::interval
    OR a.state LIKE 'idle in transaction%' AND a.state_change < now() - (config ->> 'idle_in_transaction')::interval
    OR a.xact_start < now() - (config ->> 'transaction')::interval
  );
END
$$;
REVOKE EXECUTE ON PROCEDURE end_long_analyst_statements(integer, jsonb) FROM PUBLIC;
SELECT add_job('end_long_analyst_statements', interval '30 seconds', config => '{"statement": "30 seconds", "idle_in_transaction": "60 seconds", "transaction": "5 minutes"}');
