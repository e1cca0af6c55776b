"""Entry point of the scheduled Lambda that tells people about incidents.

Each run collects what opened and closed, composes messages, and delivers what is due in the outbox. Runs may overlap,
be late or be killed: a notification is delivered at least once, always with the same delivery id, and again only when
nobody knows whether it arrived or the receiver asked for it.
"""

from __future__ import annotations

import logging
import random
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from functions.common import logs
from functions.common.database import Database
from functions.common.metrics import Metric, measured_job, record
from functions.common.notification_types import ChannelKind
from functions.common.request_id import with_run_id
from functions.common.secret import Secret
from functions.common.settings import NOTIFICATIONS_SETTINGS, Settings, load_settings
from functions.common.unsubscribe_token import unsubscribe_token
from functions.common.webhook_secret import webhook_secret
from functions.notifications import change_repository, delivery_repository
from functions.notifications.batching import Change, select_due_changes
from functions.notifications.content import incidents_content
from functions.notifications.delivery_repository import Delivery
from functions.notifications.mail import Envelope, make_mail, make_report_mail
from functions.notifications.mail_transport import MailTransport, make_transport
from functions.notifications.outcome import Outcome, OutcomeKind, next_attempt
from functions.notifications.webhook import WebhookSender

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""A run that does not record an outcome within this time was killed. Longer than any attempt."""

MAX_RUN_TIME = timedelta(seconds=60)
"""A run claims no deliveries after this time. The next one does."""

AT_ONCE = 8
"""Deliveries at the same time: a receiver that is slow does not hold up the others."""

RETENTION = timedelta(days=90)
"""Notifications are deleted this long after they were composed."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Senders:
    """What deliveries need.

    Attributes:
        mail: sends mail.
        webhook: sends to webhooks.
        notification_key: the setting NOTIFICATION_KEY.
        mail_sender: the address of the sender of mails.
        dashboard_url: the pages in which channels are changed.
        api_url: the API, to which mail programs post to unsubscribe.
    """

    mail: MailTransport
    webhook: WebhookSender
    notification_key: Secret
    mail_sender: str
    dashboard_url: str
    api_url: str

    @classmethod
    def of(cls, settings: Settings) -> Senders:
        """Return the senders that the settings describe."""
        return cls(
            make_transport(settings.mail_transport.reveal()),
            WebhookSender(allow_local=settings.allow_local_webhooks),
            settings.notification_key,
            settings.mail_sender,
            settings.dashboard_url,
            settings.api_url,
        )


def run(database: Database, senders: Senders, clock: Clock) -> dict[str, int]:
    """Compose and deliver what is due, and return how many notifications were composed, delivered and failed."""
    started = clock()
    composed = _compose(database, started)
    results = {"composed": composed, "delivered": 0, "failed": 0, "postponed": 0}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while clock() - started < MAX_RUN_TIME and (deliveries := _claim(database, clock())):
            attempts = {
                pool.submit(copy_context().run, _deliver, senders, delivery, clock()): delivery
                for delivery in deliveries
            }
            for attempt in as_completed(attempts):
                results[_record(database, attempts[attempt], attempt.result(), clock())] += 1
    logger.info("notifications: %s", results)
    return results


def _compose(database: Database, now: datetime) -> int:
    """Put what is due into the outbox, in one transaction, and return the number of messages."""
    with database.connect() as connection, connection.begin():
        change_repository.lock_changes(connection)
        change_repository.collect_changes(connection, now)
        change_repository.forget_handled_changes(connection)
        by_channel: dict[UUID, list[Change]] = defaultdict(list)
        for change in change_repository.list_waiting_changes(connection, now):
            by_channel[change.channel_id].append(change)
        composed = 0
        for channel_id, waiting in by_channel.items():
            if changes := select_due_changes(waiting, now):
                delivery_repository.insert_notification(
                    connection,
                    notification_id=uuid4(),
                    channel_id=channel_id,
                    content=incidents_content(changes, now),
                    changes=changes,
                    now=now,
                )
                composed += 1
        delivery_repository.delete_old_notifications(connection, now - RETENTION)
    return composed


def _claim(database: Database, now: datetime) -> list[Delivery]:
    with database.connect() as connection, connection.begin():
        delivery_repository.cancel_deliveries(connection, now)
        return delivery_repository.claim_deliveries(connection, now, lease=LEASE, limit=AT_ONCE)


def _deliver(senders: Senders, delivery: Delivery, now: datetime) -> Outcome:
    try:
        if delivery.kind is ChannelKind.WEBHOOK and delivery.channel_id is not None:
            secret = webhook_secret(senders.notification_key, delivery.channel_id)
            return senders.webhook.send(delivery.url or "", secret, delivery.id, delivery.content, now)
        if delivery.email is None:
            return Outcome(OutcomeKind.PERMANENT, "The account has no e-mail address.")
        envelope = Envelope(delivery.id, delivery.created_at, senders.mail_sender, delivery.email)
        if delivery.subscription_id is None:
            return senders.mail.send(make_mail(delivery.content, envelope, senders.dashboard_url))
        token = unsubscribe_token(senders.notification_key, delivery.subscription_id)
        mail = make_report_mail(
            delivery.content,
            envelope,
            post_url=f"{senders.api_url}/unsubscribe/{token}",
            page_url=f"{senders.dashboard_url}/unsubscribe#token={token}",  # a fragment is in no log of a server
        )
        return senders.mail.send(mail)
    except Exception:
        # One delivery must not stop the others; its error is in the log, and it is tried again.
        logger.exception("notifications: delivery %s failed", delivery.id)
        return Outcome(OutcomeKind.UNKNOWN, "An unexpected error, which is in the log of the function.")


def _record(database: Database, delivery: Delivery, outcome: Outcome, now: datetime) -> str:
    again_at = next_attempt(outcome, delivery.attempts, now, random.random())  # noqa: S311 - spreads attempts
    is_delivered = outcome.kind is OutcomeKind.DELIVERED
    with database.connect() as connection, connection.begin():
        delivery_repository.record_outcome(
            connection, delivery, now, outcome=outcome.detail, next_attempt_at=again_at, is_delivered=is_delivered
        )
        if outcome.kind is OutcomeKind.GONE and delivery.channel_id is not None:
            delivery_repository.disable_channel(connection, delivery.channel_id, outcome.detail)
    record(Metric.DELIVERED if is_delivered else Metric.NOT_DELIVERED, 1, delivery.kind.value)
    if is_delivered:
        return "delivered"
    return "failed" if again_at is None else "postponed"


logs.set_up()
_settings = load_settings(NOTIFICATIONS_SETTINGS)
_database = Database(_settings.database_url)
_senders = Senders.of(_settings)


@with_run_id
@measured_job("notifications")
def handler(_event: dict[str, Any], _context: object) -> dict[str, int]:
    """Handle a scheduled event."""
    return run(_database, _senders, lambda: datetime.now(UTC))
