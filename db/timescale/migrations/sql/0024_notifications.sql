-- Notifications: the channels of people, and the outbox of what is sent to them.

-- scope: the incidents of one store (store_id), of all own stores, or of the whole installation (superadmins only).
-- A mail goes to the address of the account. enabled_since: incidents that open from then on are sent; null: nothing is sent.
CREATE TABLE notification_channels (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind text NOT NULL,
  scope text NOT NULL,
  store_id uuid REFERENCES stores ON DELETE CASCADE,
  url text,
  minimum_severity text NOT NULL,
  incident_types text[],
  quiet_from time,
  quiet_until time,
  enabled_since timestamptz,
  disabled_reason text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT notification_channels_kind_check CHECK (kind IN ('mail', 'webhook')),
  CONSTRAINT notification_channels_scope_check CHECK (scope IN ('store', 'own_stores', 'installation')),
  CONSTRAINT notification_channels_store_check CHECK ((scope = 'store') = (store_id IS NOT NULL)),
  CONSTRAINT notification_channels_url_check CHECK ((kind = 'webhook') = (url IS NOT NULL)),
  CONSTRAINT notification_channels_severity_check CHECK (minimum_severity IN ('warning', 'critical')),
  CONSTRAINT notification_channels_quiet_check CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);
CREATE INDEX notification_channels_user_id_idx ON notification_channels (user_id);

-- The outbox. id is the delivery id: every attempt sends it. next_attempt_at is null once the outcome is final; an attempt that
-- begins moves it ahead, so that the notification is sent again if the attempt never ends.
CREATE TABLE notifications (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel_id uuid NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
  type text NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  next_attempt_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  attempted_at timestamptz,
  outcome text,
  delivered_at timestamptz,
  failed_at timestamptz,
  CONSTRAINT notifications_final_check CHECK (num_nonnulls(next_attempt_at, delivered_at, failed_at) = 1)
);
CREATE INDEX notifications_channel_id_created_at_idx ON notifications (channel_id, created_at);
CREATE INDEX notifications_next_attempt_at_idx ON notifications (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- What was told about an incident to a channel, or waits to be told. The key makes sure that nothing is told twice.
CREATE TABLE notification_incidents (
  channel_id uuid NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
  incident_id uuid NOT NULL REFERENCES incidents ON DELETE CASCADE,
  event text NOT NULL,
  found_at timestamptz NOT NULL,
  notification_id uuid REFERENCES notifications ON DELETE SET NULL,
  told_at timestamptz,
  PRIMARY KEY (channel_id, incident_id, event),
  CONSTRAINT notification_incidents_event_check CHECK (event IN ('opened', 'closed'))
);
CREATE INDEX notification_incidents_notification_id_idx ON notification_incidents (notification_id);
CREATE INDEX notification_incidents_incident_id_idx ON notification_incidents (incident_id);

-- The group role of the notifications Lambda, as in 0005_roles.sql.
DO $$
BEGIN
  CREATE ROLE metrica_notifications NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- Roles belong to the whole server: another database on it has created this one.
END
$$;
GRANT USAGE ON SCHEMA public TO metrica_notifications;

-- notifications: reads incidents and who may know of them, and writes the outbox. It may disable a channel.
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications, notification_incidents TO metrica_notifications;
GRANT SELECT, UPDATE (enabled_since, disabled_reason) ON notification_channels TO metrica_notifications;
GRANT SELECT (
  id, type, store_id, camera_id, detail, remedy, started_at, opened_at, closed_at, closed_by, acknowledged_at, muted_until
) ON incidents TO metrica_notifications;
GRANT SELECT (id, name, timezone, archived_at) ON stores TO metrica_notifications;
GRANT SELECT (id, name) ON cameras TO metrica_notifications;
GRANT SELECT (store_id, user_id) ON store_members TO metrica_notifications;
GRANT SELECT (id, email) ON users TO metrica_notifications;
GRANT SELECT (user_id, removed_at) ON superadmins TO metrica_notifications;

-- api: people manage their own channels, see what was delivered, and send a test.
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_channels TO metrica_api;
GRANT
  SELECT (id, channel_id, type, created_at, next_attempt_at, attempts, attempted_at, outcome, delivered_at, failed_at),
  INSERT (id, channel_id, type, content, created_at, next_attempt_at)
ON notifications TO metrica_api;
