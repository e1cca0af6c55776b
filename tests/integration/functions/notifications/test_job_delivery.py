"""Attempts to deliver: repeated with the same id, by one function at a time, until the outcome is known."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from functions.common.database import Database
from functions.notifications.job import LEASE, Senders, run
from functions.notifications.outcome import MAX_ATTEMPTS
from tests.integration.functions.notifications.incident_shop import DAY, MINUTE, NOON, Shop
from tests.integration.functions.notifications.receiver import Receiver, cut, receiving, respond

ROOT = Path(__file__).parents[4]


def test_a_receiver_that_is_down_is_tried_again_with_the_same_id_and_fails_for_good_after_a_day(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answers = [respond(500)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    shop.run(NOON)
    now = NOON + 10 * MINUTE
    for attempts in range(1, MAX_ATTEMPTS + 1):
        shop.run(now)
        assert len(receiver.requests) == attempts
        row = shop.connection.execute("SELECT max(next_attempt_at) FROM notifications").fetchone()
        assert row is not None
        now = row[0] or now + DAY
    shop.run(now)
    assert len(receiver.requests) == MAX_ATTEMPTS
    assert len(set(receiver.ids)) == 1
    assert len({request.body for request in receiver.requests}) == 1
    assert shop.outbox(channel) == [("failed", MAX_ATTEMPTS, "The receiver answered 500 Internal Server Error.")]


def test_a_refusal_is_not_repeated(shop: Shop, receiver: Receiver) -> None:
    receiver.answers = [respond(403)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10, 60, 600):
        shop.run(NOON + minute * MINUTE)
    assert shop.outbox(channel) == [("failed", 1, "The receiver answered 403 Forbidden.")]


def test_410_gone_disables_the_channel(shop: Shop, receiver: Receiver) -> None:
    receiver.answers = [respond(410)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    shop.add_incident(NOON + 20 * MINUTE)
    for minute in (20, 30, 60):
        shop.run(NOON + minute * MINUTE)
    assert len(receiver.requests) == 1
    row = shop.connection.execute(
        "SELECT enabled_since, disabled_reason FROM notification_channels WHERE id = %s", [channel]
    ).fetchone()
    assert row == (None, "The receiver answered 410 Gone; the channel is disabled.")


def test_a_cut_connection_is_an_unknown_outcome_that_is_repeated_with_the_same_id(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answers = [cut, respond(200)]
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10, 11, 12):
        shop.run(NOON + minute * MINUTE)
    assert len(receiver.requests) == 2
    assert receiver.ids[0] == receiver.ids[1]
    assert receiver.requests[0].body == receiver.requests[1].body
    assert shop.outbox(channel) == [("delivered", 2, "The receiver answered 200 OK.")]


def test_two_functions_at_once_send_nothing_twice(shop: Shop, receiver: Receiver, database_url: str) -> None:
    channels = [shop.add_channel(receiver.url) for _ in range(12)]
    shop.add_incident()
    shop.run(NOON)
    databases = [Database(shop.settings.database_url) for _ in range(3)]
    now = NOON + 10 * MINUTE
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda each: run(each, Senders.of(shop.settings), lambda: now), databases))
    for each in databases:
        each.dispose()
    assert len(receiver.requests) == len(set(receiver.ids)) == 12
    assert sum(result["composed"] for result in results) == 12
    assert sum(result["delivered"] for result in results) == 12
    assert all(
        shop.outbox(channel) == [("delivered", 1, "The receiver answered 204 No Content.")] for channel in channels
    )


KILLED_RUN = """
import os, signal, sys
from datetime import datetime
from functions.common.database import Database
from functions.common.settings import load_settings
from functions.notifications import job
settings = load_settings([])
job._record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
job.run(Database(settings.database_url), job.Senders.of(settings), lambda: datetime.fromisoformat(sys.argv[1]))
"""


def test_a_function_that_is_killed_between_sending_and_recording_sends_again_with_the_same_id(
    shop: Shop, receiver: Receiver, database_url: str
) -> None:
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    shop.run(NOON)
    now = NOON + 10 * MINUTE
    environ = {
        **os.environ,
        "METRICA_ENV": "test",
        "DATABASE_URL": database_url,
        "MAIL_TRANSPORT": shop.settings.mail_transport.reveal(),
        "ALLOW_LOCAL_WEBHOOKS": "yes",
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_RUN, now.isoformat()], cwd=ROOT, env=environ, check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(receiver.requests) == 1
    assert shop.outbox(channel) == [("pending", 1, None)]
    shop.run(now + LEASE - timedelta(seconds=1))
    assert len(receiver.requests) == 1
    shop.run(now + LEASE)
    assert receiver.ids[0] == receiver.ids[1]
    assert receiver.requests[0].body == receiver.requests[1].body
    assert shop.outbox(channel) == [("delivered", 2, "The receiver answered 204 No Content.")]


def test_a_receiver_that_hangs_does_not_hold_up_the_others(shop: Shop, receiver: Receiver) -> None:
    """Four answer only once all four were asked, so the job asks none of them after another."""
    slow, all_are_asked = respond(204), threading.Barrier(4)

    def answer_late(connection: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            all_are_asked.wait(20)
        slow(connection)

    with receiving(answer_late) as late:
        for _ in range(4):
            shop.add_channel(late.url)
        shop.add_channel(receiver.url)
        shop.add_incident()
        shop.run(NOON)
        result = shop.run(NOON + 10 * MINUTE)
    assert result["delivered"] == 5


def test_notifications_are_kept_for_90_days(shop: Shop, receiver: Receiver) -> None:
    channel = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    shop.run(NOON + 90 * DAY)
    assert len(shop.outbox(channel)) == 1
    shop.run(NOON + 90 * DAY + 11 * MINUTE)
    assert shop.outbox(channel) == []
    assert len(receiver.requests) == 1
