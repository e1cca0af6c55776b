-- The queries of privileges.py, which splits this file at the names.

-- name: functions
-- Every function that privileges.toml has to name, with the logins that have a grant and those that can execute it for
-- any reason. The header of privileges.toml says which functions are left out.
SELECT
  n.nspname || '.' || p.proname AS name,
  oidvectortypes(p.proargtypes) AS arguments,
  p.oid::regprocedure::text AS signature,
  pg_has_role(p.proowner, 'USAGE') AS is_ours,
  (
    n.nspname IN ('pg_catalog', 'information_schema')
    OR EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
  ) AND EXISTS (
    SELECT FROM aclexplode(coalesce(
      (SELECT initprivs FROM pg_init_privs WHERE classoid = 'pg_proc'::regclass AND objoid = p.oid),
      acldefault('f', p.proowner)
    )) WHERE grantee = 0
  ) AS is_public_at_first,
  ARRAY (
    SELECT coalesce(r.rolname, 'public') FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee = 0 OR r.rolname = ANY (%(logins)s)
  ) AS granted_to,
  ARRAY (SELECT login FROM unnest(%(logins)s::text[]) login WHERE has_function_privilege(login, p.oid, 'EXECUTE'))
    AS executable_by
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
  AND p.prorettype NOT IN (SELECT oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typname IN (
    'internal', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler', 'index_am_handler', 'table_am_handler',
    'tsm_handler'
  ))
  AND NOT EXISTS (
    SELECT FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout)
  )
  AND NOT (n.nspname IN ('pg_catalog', 'information_schema') AND (
    p.provolatile = 'i'
    OR EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid)
    OR EXISTS (SELECT FROM pg_cast c WHERE c.castfunc = p.oid)
  ))
ORDER BY signature;

-- name: relations
-- Every table, view and sequence of pg_catalog and of an extension, once for each login.
SELECT
  n.nspname || '.' || c.relname AS name,
  c.oid::regclass::text AS qualified_name,
  c.relkind::text AS kind,
  pg_has_role(c.relowner, 'USAGE') AS is_ours,
  EXISTS (
    SELECT FROM aclexplode(
      (SELECT initprivs FROM pg_init_privs WHERE classoid = 'pg_class'::regclass AND objoid = c.oid AND objsubid = 0)
    ) WHERE grantee = 0
  ) AS is_public_at_first,
  ARRAY (SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
    AS columns,
  login,
  ARRAY (
    SELECT privilege FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) privilege
    WHERE has_table_privilege(login, c.oid, privilege)
  ) AS privileges,
  CASE WHEN has_any_column_privilege(login, c.oid, 'SELECT') THEN ARRAY (
    SELECT attname::text FROM pg_attribute
    WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND has_column_privilege(login, c.oid, attnum, 'SELECT')
  ) ELSE '{}' END AS readable_columns
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(%(logins)s::text[]) WITH ORDINALITY logins (login, position)
WHERE c.relkind IN ('r', 'v', 'm', 'S', 'p', 'f')
  AND (
    n.nspname = 'pg_catalog'
    OR EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
  )
ORDER BY name, position;

-- name: open
-- What a login could do with the database itself.
SELECT format('TEMPORARY ON DATABASE %%I TO %%s', current_database(), login)
FROM unnest(%(logins)s::text[]) login
WHERE has_database_privilege(login, current_database(), 'TEMPORARY')
  AND (login = 'public' OR NOT has_database_privilege('public', current_database(), 'TEMPORARY'))
UNION ALL
SELECT format('CREATE ON SCHEMA %%I TO %%s', n.nspname, login)
FROM pg_namespace n CROSS JOIN unnest(%(logins)s::text[]) login
WHERE has_schema_privilege(login, n.oid, 'CREATE')
  AND (login = 'public' OR NOT has_schema_privilege('public', n.oid, 'CREATE'))
UNION ALL
SELECT format('USAGE ON LANGUAGE %%I TO %%s', l.lanname, login)
FROM pg_language l CROSS JOIN unnest(%(logins)s::text[]) login
WHERE l.lanname = ANY (%(languages)s) AND has_language_privilege(login, l.oid, 'USAGE')
  AND (login = 'public' OR NOT has_language_privilege('public', l.oid, 'USAGE'))
UNION ALL
-- The job end_long_analyst_statements runs as the owner of the tables.
SELECT format('statements of analysts without an end: GRANT pg_signal_backend TO %%I', r.rolname)
FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE c.oid = 'public.events'::regclass AND NOT pg_has_role(r.oid, 'pg_signal_backend', 'USAGE');
