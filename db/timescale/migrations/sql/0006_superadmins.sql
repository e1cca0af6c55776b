-- Superadmins, who created a worker key, and the rights of the Lambdas on both.

CREATE TABLE superadmins (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid,
  email text CONSTRAINT superadmins_email_check CHECK (email = lower(email)),
  added_by uuid,
  added_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  CONSTRAINT superadmins_person_check CHECK (user_id IS NOT NULL OR email IS NOT NULL)
);
CREATE UNIQUE INDEX superadmins_user_id_idx ON superadmins (user_id) WHERE removed_at IS NULL;
-- After the first request of a superadmin the address does not count, so it may be added again for somebody else.
CREATE UNIQUE INDEX superadmins_email_idx ON superadmins (email) WHERE removed_at IS NULL AND user_id IS NULL;

ALTER TABLE worker_keys ADD COLUMN created_by uuid;
UPDATE worker_keys SET created_by = audit_log.actor_id FROM audit_log
WHERE audit_log.action = 'worker_key.create' AND audit_log.subject_id = worker_keys.id::text;

-- What a person has done: GET /admin/audit?actor_id=.
CREATE INDEX audit_log_actor_id_at_idx ON audit_log (actor_id, at);

-- api: GET /me says whether the caller is a superadmin.
GRANT SELECT (user_id, email, removed_at) ON superadmins TO metrica_api;

-- admin: reads the superadmin of each request, adds and removes superadmins. Removed rows stay.
GRANT SELECT, INSERT (id, user_id, email, added_by), UPDATE (user_id, removed_at) ON superadmins TO metrica_admin;
GRANT SELECT (created_by), INSERT (created_by) ON worker_keys TO metrica_admin;
