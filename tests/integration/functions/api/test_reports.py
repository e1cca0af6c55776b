"""Reports by mail: subscriptions, previews, what the job writes, and the mail that is sent."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller

from functions.api.params import get_now
from functions.api.reports_job import ReportsError, write_reports
from functions.common.app import Application
from functions.common.database import Database
from functions.common.settings import NOTIFICATIONS_SETTINGS, Settings, load_settings
from functions.notifications.job import Senders, run
from local.mail.catcher import MailCatcher
from tests.factories import make_member
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture
from tests.integration.functions.api.test_incidents import add_incident

PATH = "/me/reports"
NOW = datetime(2026, 11, 18, 6, 7, tzinfo=UTC)
"""A Wednesday, seven minutes past seven in Rome."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPEN = {day: [["09:00", "11:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def request(store: StoreFixture, method: str, path: str = "", status: int = 200, body: Any = None) -> Any:
    answer = store.client.request(method, PATH + path, json=body, headers=store.headers)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def get_preview(store: StoreFixture, url: str, status: int = 200) -> Any:
    answer = store.client.get(url, headers=store.headers)
    assert answer.status_code == status, answer.text
    return answer.json()


def subscribe(store: StoreFixture, period: str = "day", status: int = 201) -> Any:
    return request(store, "POST", "", status, {"store_id": str(store.store_id), "period": period})


@pytest.fixture
def shop(create_store: CreateStore) -> StoreFixture:
    """A store in Rome with 30 visitors on the last two Tuesdays, of which the second was observed completely too."""
    store = create_store(NOW, timezone="Europe/Rome", name="Bar <b>& Söhne</b>", opening_hours=OPEN)
    for weeks, visitors in ((0, 36), (1, 30)):
        start = store.local(2026, 11, 17, 9) - weeks * 7 * DAY
        store.add_late_minutes(start, start + 2 * HOUR)
        visits = [start + timedelta(minutes=n) for n in range(visitors)]
        store.add_crossings(visits, [at + HOUR for at in visits])
    return store


@pytest.fixture
def settings(app: Application, tmp_path: Path) -> Iterator[Settings]:
    """The settings of the notifications Lambda, with a running mail catcher that writes into `tmp_path`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(MailCatcher(tmp_path), hostname="127.0.0.1", port=port)
    controller.start()
    url = app.state.settings.database_url.reveal()
    yield load_settings(
        NOTIFICATIONS_SETTINGS,
        {"DATABASE_URL": url, "MAIL_TRANSPORT": f"smtp://127.0.0.1:{port}", "API_URL": "https://api.example.com"},
    )
    controller.stop(no_assert=True)


def mails_to(folder: Path, address: str) -> list[EmailMessage]:
    files = sorted(folder.glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=default) for file in files]
    return [mail for mail in mails if mail["To"] == address]


def reports_of(store: StoreFixture) -> list[dict[str, Any]]:
    rows = store.connection.execute(
        "SELECT n.content FROM notifications n JOIN report_subscriptions s ON s.id = n.subscription_id"
        " WHERE s.store_id = %s ORDER BY n.created_at",
        [store.store_id],
    ).fetchall()
    return [row[0] for row in rows]


def write(app: Application, now: datetime) -> None:
    database = Database(app.state.settings.database_url)
    write_reports(database, now)
    database.dispose()


def test_a_preview_has_the_numbers_compared_by_weekday_and_says_how_certain_they_are(shop: StoreFixture) -> None:
    incident = add_incident(shop, shop.local(2026, 11, 17, 10), detail="secret")
    shop.connection.execute("UPDATE incidents SET started_at = opened_at WHERE id = %s", [incident])
    shop.connection.execute(
        "INSERT INTO special_days (store_id, day, note) VALUES (%s, '2026-11-17', 'Sale <script>')", [shop.store_id]
    )
    found = get_preview(shop, f"/reports/preview?store_id={shop.store_id}&period=day")
    assert found["subject"] == "Bar <b>& Söhne</b>: Daily report, 2026-11-17"
    lines = found["text"].splitlines()
    assert "Visitors: 36 (before: 30, +20%)" in lines
    assert "Mean time inside: 60.0 min (before: 60.0 min, +0%)" in lines
    assert "100% of the open time was observed." in lines
    assert "2026-11-17: Sale <script>" in lines
    assert any(line.startswith("Camera offline, ") and "from 2026-11-17 10:00, not ended" in line for line in lines)
    assert "Bar &lt;b&gt;&amp; Söhne&lt;/b&gt;" in found["html"]
    assert "Sale &lt;script&gt;" in found["html"]
    assert "<script" not in found["html"]
    for media, kind in (("html", "text/html; charset=utf-8"), ("text", "text/plain; charset=utf-8")):
        url = f"/reports/preview?store_id={shop.store_id}&period=day&format={media}"
        answer = shop.client.get(url, headers=shop.headers)
        assert (answer.headers["content-type"], answer.text) == (kind, found[media])


def test_a_change_is_withheld_where_too_little_was_observed(shop: StoreFixture) -> None:
    shop.connection.execute(
        "DELETE FROM camera_minutes WHERE store_id = %s AND minute >= %s", [shop.store_id, shop.local(2026, 11, 17, 10)]
    )
    shop.refresh_aggregates(shop.local(2026, 11, 17), shop.local(2026, 11, 18))
    text = get_preview(shop, f"/reports/preview?store_id={shop.store_id}&period=day")["text"]
    assert "Visitors: 36 (before: 30; no change is given: too little was observed)" in text
    assert "50% of the open time was observed." in text


def test_a_day_with_special_hours_has_no_change_and_the_report_says_why(shop: StoreFixture) -> None:
    shop.connection.execute(
        "INSERT INTO special_days (store_id, day, opening_hours) VALUES (%s, '2026-11-17', '[[\"09:00\", \"10:30\"]]')",
        [shop.store_id],
    )
    text = get_preview(shop, f"/reports/preview?store_id={shop.store_id}&period=day")["text"]
    assert "Visitors: 36 (nothing to compare with; no change is given: other opening hours on a special day)" in text
    assert "1 day is not compared: other opening hours on a special day." in text.splitlines()


def test_a_report_gives_the_number_of_the_compared_days_where_days_are_left_out(shop: StoreFixture) -> None:
    """Monday of the week has 10 visitors and special hours, Tuesday is compared."""
    monday = shop.local(2026, 11, 16, 9)
    shop.add_late_minutes(monday, monday + 2 * HOUR)
    visits = [monday + timedelta(minutes=n) for n in range(10)]
    shop.add_crossings(visits, [at + HOUR for at in visits])
    for day, hours in (("2026-11-16", '[["09:00", "11:00"]]'), *((f"2026-11-{n}", "[]") for n in range(18, 23))):
        shop.connection.execute(
            "INSERT INTO special_days (store_id, day, opening_hours) VALUES (%s, %s, %s)", [shop.store_id, day, hours]
        )
    text = get_preview(shop, f"/reports/preview?store_id={shop.store_id}&period=week&date=2026-11-16")["text"]
    assert "Visitors: 46 (36 on the compared days, before: 30" in text


def test_a_report_of_nothing_says_unknown_and_never_zero(create_store: CreateStore) -> None:
    store = create_store(NOW)
    text = get_preview(store, f"/reports/preview?store_id={store.store_id}&period=month&date=2026-10-05")["text"]
    assert "Monthly report, 2026-10-01 to 2026-10-31" in text
    assert "Visitors: unknown (nothing to compare with; not observed)" in text


def test_a_subscription_begins_with_the_next_report_and_can_be_ended(shop: StoreFixture, app: Application) -> None:
    created = subscribe(shop)
    assert created == {
        "subscription_id": created["subscription_id"],
        "store_id": str(shop.store_id),
        "period": "day",
        "reported_until": "2026-11-17",
        "created_at": "2026-11-18T06:07:00Z",
    }
    assert request(shop, "GET") == {"subscriptions": [created]}
    assert subscribe(shop, status=409)["type"] == "already_subscribed"
    subscribe(shop, "year", 422)
    write(app, NOW)
    assert reports_of(shop) == []
    request(shop, "DELETE", f"/{created['subscription_id']}", 204)
    request(shop, "DELETE", f"/{created['subscription_id']}", 404)
    assert request(shop, "GET") == {"subscriptions": []}


def test_a_report_is_written_once_at_seven_and_a_missed_run_is_made_up_once(
    shop: StoreFixture, app: Application
) -> None:
    subscribe(shop)
    seven = shop.local(2026, 11, 19, 7)
    write(app, seven - timedelta(seconds=1))
    assert reports_of(shop) == []
    for minutes in (0, 0, 15):
        write(app, seven + timedelta(minutes=minutes))
    assert [report["subject"][-10:] for report in reports_of(shop)] == ["2026-11-18"]
    write(app, seven + 3 * DAY + 5 * HOUR)  # after an outage of three days
    assert [report["subject"][-10:] for report in reports_of(shop)] == ["2026-11-18", "2026-11-21"]


def test_a_store_whose_report_cannot_be_written_does_not_stop_the_others(
    shop: StoreFixture, create_store: CreateStore, app: Application
) -> None:
    broken = [create_store(NOW, timezone="Europe/Rome") for _ in range(2)]
    stores = [broken[0], shop, broken[1]]
    for store in stores:
        subscribe(store)
    for store in broken:
        add_incident(store, store.local(2026, 11, 18, 10))
        store.connection.execute(
            "UPDATE incidents SET started_at = 'infinity' WHERE store_id = %s", [store.store_id]
        )  # no time that Python knows
    with pytest.raises(ReportsError) as raised:
        write(app, shop.local(2026, 11, 19, 7))
    assert all(f"{store.store_id}: " in str(raised.value) for store in broken)
    assert [len(reports_of(store)) for store in stores] == [0, 1, 0]
    for store in broken:
        store.connection.execute("DELETE FROM incidents WHERE store_id = %s", [store.store_id])
    write(app, shop.local(2026, 11, 19, 7))
    assert [len(reports_of(store)) for store in stores] == [1, 1, 1]


def test_the_mail_of_a_report_can_be_unsubscribed_from_with_one_click(
    shop: StoreFixture, app: Application, settings: Settings, tmp_path: Path
) -> None:
    subscription = UUID(subscribe(shop)["subscription_id"])
    shop.connection.execute("UPDATE report_subscriptions SET reported_until = '2026-11-16'")
    write(app, NOW)
    database = Database(settings.database_url)
    run(database, Senders.of(settings), lambda: NOW)
    row = shop.connection.execute("SELECT email FROM users WHERE id = %s", [shop.owner]).fetchone()
    assert row is not None
    (mail,) = mails_to(tmp_path, row[0])
    assert mail["Subject"] == "Bar <b>& Söhne</b>: Daily report, 2026-11-17"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip("<>")
    assert url.startswith("https://api.example.com/unsubscribe/un_")
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Visitors: 36 (before: 30, +20%)" in text.get_content()
    assert "<b>36</b>" in html.get_content()
    token = url.rpartition("/")[2]
    page = f"{settings.dashboard_url}/unsubscribe#token={token}"
    assert f"Unsubscribe: {page}" in text.get_content().splitlines()
    assert f'<a href="{page}"' in html.get_content()
    stored = shop.connection.execute("SELECT to_jsonb(n)::text FROM notifications n").fetchall()
    assert token not in str(stored)
    # As a mail program posts: a form, no sign-in.
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for status in (200, 404):
        answer = shop.client.post(f"/unsubscribe/{token}", content="List-Unsubscribe=One-Click", headers=form)
        assert answer.status_code == status
    assert request(shop, "GET") == {"subscriptions": []}
    logged = shop.connection.execute(
        "SELECT actor_id, action FROM audit_log WHERE subject_id = %s ORDER BY id", [str(subscription)]
    ).fetchall()
    assert logged == [
        (shop.owner, "report_subscription.create"),
        (None, "report_subscription.unsubscribe"),
    ]
    database.dispose()


def test_an_owner_who_was_removed_gets_no_report(
    shop: StoreFixture, app: Application, settings: Settings, tmp_path: Path
) -> None:
    colleague = make_member(shop.connection, shop.store_id, email=f"{uuid4()}@example.org")
    subscribe(shop)
    shop.connection.execute(
        "INSERT INTO report_subscriptions (user_id, store_id, period, unsubscribe_sha256, reported_until)"
        " VALUES (%s, %s, 'day', %s, '2026-11-16')",
        [colleague, shop.store_id, uuid4().bytes],
    )
    write(app, NOW)
    shop.connection.execute("DELETE FROM store_members WHERE user_id = %s", [colleague])
    database = Database(settings.database_url)
    run(database, Senders.of(settings), lambda: NOW)
    database.dispose()
    assert list(tmp_path.glob("*.eml")) == []
    row = shop.connection.execute(
        "SELECT outcome FROM notifications n JOIN report_subscriptions s ON s.id = n.subscription_id"
        " WHERE s.user_id = %s",
        [colleague],
    ).fetchall()
    assert row == [("The person may not read the store any more.",)]
    write(app, NOW + DAY)
    assert len(reports_of(shop)) == 2  # the owner's, and the old one


def test_a_report_or_a_subscription_of_another_owner_is_404(create_store: CreateStore, app: Application) -> None:
    store, other = create_store(NOW), create_store(NOW)
    foreign = subscribe(other)["subscription_id"]
    request(store, "DELETE", f"/{foreign}", 404)
    get_preview(store, f"/reports/preview?store_id={other.store_id}&period=day", 404)
    request(store, "POST", "", 404, {"store_id": str(other.store_id), "period": "day"})
    app.dependency_overrides[get_now] = lambda: NOW
    get_preview(store, f"/reports/preview?store_id={store.store_id}&period=day&date=2027-01-01", 422)
