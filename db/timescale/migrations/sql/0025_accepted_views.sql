-- When a superadmin has accepted the present view of a camera as the one for its line. Edge workers read it.

ALTER TABLE cameras ADD COLUMN view_accepted_at timestamptz;

GRANT SELECT (view_accepted_at) ON cameras TO metrica_ingest;
