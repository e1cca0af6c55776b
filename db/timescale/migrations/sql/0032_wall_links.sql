-- Links to the wall view of a store: who has one sees the live occupancy of this store, and nothing else, without a sign-in.

-- token_sha256: of the token in the link. A link is revoked by deleting it; the audit log keeps who did.
CREATE TABLE wall_links (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  name text NOT NULL,
  token_sha256 bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid,
  last_used_at timestamptz
);
CREATE INDEX wall_links_store_id_idx ON wall_links (store_id);

-- api: owners keep the links of their stores, and a request with a token is noted.
GRANT SELECT, INSERT, UPDATE (last_used_at), DELETE ON wall_links TO metrica_api;
