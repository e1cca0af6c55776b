-- Reports by mail: who gets which report of a store. The outbox delivers them.

-- unsubscribe_sha256: of the token in the address that a mail program posts to (RFC 8058). reported_until: the last store-day of
-- the last report; a report of the same days is not sent again.
CREATE TABLE report_subscriptions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  store_id uuid NOT NULL REFERENCES stores ON DELETE CASCADE,
  period text NOT NULL,
  unsubscribe_sha256 bytea NOT NULL UNIQUE,
  reported_until date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT report_subscriptions_period_check CHECK (period IN ('day', 'week', 'month')),
  UNIQUE (user_id, store_id, period)
);
CREATE INDEX report_subscriptions_store_id_idx ON report_subscriptions (store_id);

-- A notification is for a channel or for a subscription.
ALTER TABLE notifications
  ALTER COLUMN channel_id DROP NOT NULL,
  ADD COLUMN subscription_id uuid REFERENCES report_subscriptions ON DELETE CASCADE,
  ADD CONSTRAINT notifications_recipient_check CHECK (num_nonnulls(channel_id, subscription_id) = 1);
CREATE INDEX notifications_subscription_id_idx ON notifications (subscription_id);

-- api: people subscribe, mail programs unsubscribe, and the job of the reports, which is of this role too, writes the outbox.
GRANT SELECT, INSERT, UPDATE (reported_until), DELETE ON report_subscriptions TO metrica_api;
GRANT INSERT (subscription_id) ON notifications TO metrica_api;

-- notifications: the recipient of a report, and the store that they may still read.
GRANT SELECT (id, user_id, store_id) ON report_subscriptions TO metrica_notifications;
