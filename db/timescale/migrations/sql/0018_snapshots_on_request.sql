-- A new camera sends snapshots on request only. The interval of existing cameras stays as its superadmin left it.
ALTER TABLE cameras ALTER COLUMN snapshot_interval_s SET DEFAULT 0;
