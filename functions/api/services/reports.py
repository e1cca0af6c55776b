"""Reports by mail: subscriptions, the content of a report, and what the job puts into the outbox."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from functions.api.kpi.enums import CompareMode, MatchMode, Period
from functions.api.kpi.periods import StoreDays, period_of
from functions.api.kpi.report_schedule import last_due_period
from functions.api.report_mail import Report, html_of, subject_of, text_of
from functions.api.repositories import reports as repository
from functions.api.repositories import special_days
from functions.api.repositories.reports import SubscriptionRow
from functions.api.schemas.reports import ReportPreview, Subscription, SubscriptionCreate, Subscriptions
from functions.api.services.comparison import RequestedComparison
from functions.api.services.dashboard import get_dashboard
from functions.api.services.request_window import RequestedPeriod
from functions.api.services.store_settings import parse_store_settings
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Caller
from functions.common.notification_types import NotificationType
from functions.common.problems import Conflict, NotFound
from functions.common.secret import Secret
from functions.common.tenancy import ReadableStore, get_readable_store
from functions.common.unsubscribe_link import fill_in_link
from functions.common.unsubscribe_token import unsubscribe_token


class SubscriptionNotFound(NotFound):
    """The caller has no subscription with this id."""

    type = "subscription_not_found"
    default_detail = "Report subscription not found."


class AlreadySubscribed(Conflict):
    """The caller gets this report already."""

    type = "already_subscribed"
    default_detail = "You get this report of the store already."


def list_subscriptions(connection: Connection, caller: Caller) -> Subscriptions:
    """Return the subscriptions of the caller."""
    return Subscriptions(subscriptions=[_to_response(row) for row in repository.list_subscriptions(connection, caller)])


def subscribe(
    connection: Connection, caller: Caller, key: Secret, now: datetime, body: SubscriptionCreate
) -> Subscription:
    """Subscribe the caller to a report of a store; the next one that becomes due is the first.

    Raises:
        StoreNotFound: the caller may not read the store.
        AlreadySubscribed: the caller gets this report already.
    """
    store = get_readable_store(connection, caller, body.store_id)
    clock = parse_store_settings(store).clock
    row = SubscriptionRow(
        uuid4(),
        store.id,
        body.period.value,
        last_due_period(clock, body.period, now, store.first_weekday).last,
        created_at=now,
    )
    if not repository.insert_subscription(connection, caller, row, unsubscribe_token(key, row.id)):
        raise AlreadySubscribed
    _audit(connection, caller, "report_subscription.create", row, after=asdict(row))
    return _to_response(row)


def delete_subscription(connection: Connection, caller: Caller, subscription_id: UUID) -> None:
    """End a subscription of the caller.

    Raises:
        SubscriptionNotFound: the caller has no such subscription.
    """
    row = repository.delete_subscription(connection, caller, subscription_id)
    if row is None:
        raise SubscriptionNotFound
    _audit(connection, caller, "report_subscription.delete", row, before=asdict(row))


def preview(
    connection: Connection, store: ReadableStore, now: datetime, kind: Period, day: date | None
) -> ReportPreview:
    """Return the report of the period that contains a day, or of the last one that is due.

    It has the word of the link to unsubscribe, and no link.
    """
    clock = parse_store_settings(store).clock
    if day is None:
        period = last_due_period(clock, kind, now, store.first_weekday)
    else:
        period = period_of(kind, day, store.first_weekday)
    report = build_report(connection, store, now, period)
    return ReportPreview(
        subject=subject_of(report),
        text=fill_in_link(text_of(report), "Unsubscribe"),
        html=fill_in_link(html_of(report), "Unsubscribe"),
    )


def build_report(connection: Connection, store: ReadableStore, now: datetime, period: StoreDays) -> Report:
    """Return the report of a period: its numbers beside those of the days before, as the dashboard compares them."""
    dashboard = get_dashboard(
        connection,
        store,
        now,
        RequestedPeriod(period.period, period.first),
        RequestedComparison(CompareMode.PREVIOUS, MatchMode.WEEKDAY),
    )
    clock = parse_store_settings(store).clock
    incidents = repository.list_incidents_within(connection, store, period.window(clock))
    local = [
        replace(
            row,
            started_at=clock.local(row.started_at),
            ended_at=None if row.ended_at is None else clock.local(row.ended_at),
        )
        for row in incidents
    ]
    holidays = special_days.list_public_holidays(connection, store, period.first, period.last)
    notes = special_days.list_special_days(connection, store, period.first, period.last)
    # The mail is in English.
    named = ((day, holiday.names.get("en", holiday.name)) for day, holiday in holidays.items())
    days = sorted([*named, *((each.day, each.note) for each in notes if each.note is not None)])
    return Report(period.period, period.first, period.last, dashboard, local, days)


def due_reports(connection: Connection, store: ReadableStore, now: datetime) -> list[tuple[SubscriptionRow, StoreDays]]:
    """Return the subscriptions of a store whose report is due, each with its period.

    After an outage that is the last period only.
    """
    clock = parse_store_settings(store).clock
    due = []
    for row in repository.list_subscriptions_of_store(connection, store):
        period = last_due_period(clock, Period(row.period), now, store.first_weekday)
        if period.last > row.reported_until:
            due.append((row, period))
    return due


def report_content(report: Report) -> dict[str, Any]:
    """Return the content of the notification of a report."""
    return {
        "type": NotificationType.REPORT.value,
        "version": 1,
        "subject": subject_of(report),
        "text": text_of(report),
        "html": html_of(report),
    }


def store_reports(
    connection: Connection,
    store: ReadableStore,
    now: datetime,
    due: Sequence[tuple[SubscriptionRow, StoreDays, dict[str, Any]]],
) -> int:
    """Put reports into the outbox, and return how many were not there before."""
    return sum(
        repository.insert_report(
            connection,
            store,
            notification_id=uuid4(),
            subscription_id=row.id,
            last_day=period.last,
            content=content,
            now=now,
        )
        for row, period, content in due
    )


def _to_response(row: SubscriptionRow) -> Subscription:
    values = asdict(row)
    return Subscription.model_validate({"subscription_id": values.pop("id"), **values})


def _audit(connection: Connection, caller: Caller, action: str, row: SubscriptionRow, **states: dict[str, Any]) -> None:
    audit.record(
        connection,
        caller,
        action,
        subject_type="report_subscription",
        subject_id=row.id,
        store_id=row.store_id,
        **states,
    )
