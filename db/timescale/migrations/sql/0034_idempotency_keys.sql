-- Idempotency keys of requests that create something, with what they were answered.

-- key_sha256: of the key; request_sha256: of the method, the address and the body.
-- response: encrypted with a key that is derived from the idempotency key, which is not stored. A transaction writes it before it
-- ends, so that others see no row without it.
CREATE TABLE idempotency_keys (
  user_id uuid NOT NULL,
  key_sha256 bytea NOT NULL,
  request_sha256 bytea NOT NULL,
  response bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key_sha256)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);

-- api, admin: claim a key, and read and write the response to it.
GRANT
  SELECT (user_id, key_sha256, request_sha256, response),
  INSERT (user_id, key_sha256, request_sha256),
  UPDATE (response)
ON idempotency_keys TO metrica_api, metrica_admin;

-- maintenance: deletes old ones.
GRANT SELECT (created_at), DELETE ON idempotency_keys TO metrica_maintenance;
