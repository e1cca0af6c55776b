"""Whom the notifications Lambda tells what, and when: on a real database, with a real receiver of webhooks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from datetime import time as clock_time
from typing import Any
from uuid import UUID, uuid4

from standardwebhooks import Webhook

from functions.common.webhook_secret import webhook_secret
from tests.factories import make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.notifications.incident_shop import HOUR, MINUTE, NOON, Shop, incidents_of
from tests.integration.functions.notifications.receiver import Receiver, receiving, respond


def test_incidents_within_ten_minutes_make_one_message(shop: Shop, receiver: Receiver) -> None:
    channel = shop.add_channel(receiver.url)
    first = shop.add_incident(NOON)
    assert shop.run(NOON) == {"composed": 0, "delivered": 0, "failed": 0, "postponed": 0}
    second = shop.add_incident(NOON + 5 * MINUTE, type="slow")
    shop.run(NOON + 5 * MINUTE)
    shop.end(first, NOON + 8 * MINUTE)
    shop.run(NOON + 9 * MINUTE)
    assert receiver.requests == []
    shop.run(NOON + 10 * MINUTE)
    assert incidents_of(receiver) == [[("opened", str(first)), ("closed", str(first)), ("opened", str(second))]]
    shop.run(NOON + 11 * MINUTE)
    shop.end(second, NOON + 30 * MINUTE)
    shop.run(NOON + 30 * MINUTE)
    shop.run(NOON + 40 * MINUTE)
    assert incidents_of(receiver)[1:] == [[("closed", str(second))]]
    body = json.loads(receiver.requests[0].body)
    assert (body["type"], body["version"], body["timestamp"]) == ("incidents.changed", 1, "2026-11-25T11:10:00+00:00")
    assert body["data"]["incidents"][0] == {
        "event": "opened",
        "incident_id": str(first),
        "type": "camera_offline",
        "title": "Camera offline",
        "severity": "critical",
        "store_id": str(shop.store_id),
        "store_name": "Bar & Söhne",
        "camera_id": str(shop.camera_id),
        "camera_name": "Door",
        "detail": "The edge box of this camera sends nothing.",
        "remedy": "Check its power and its network.",
        "started_at": "2026-11-25T11:48:00+01:00",
        "opened_at": "2026-11-25T12:00:00+01:00",
        "closed_at": "2026-11-25T12:08:00+01:00",
    }
    assert receiver.ids[0] != receiver.ids[1]
    secret = webhook_secret(shop.settings.notification_key, channel)
    signature = receiver.requests[0].headers["webhook-signature"]
    sent_at = datetime.fromtimestamp(int(receiver.requests[0].headers["webhook-timestamp"]), UTC)
    assert Webhook(secret).sign(receiver.ids[0], sent_at, receiver.requests[0].body.decode()) == signature


def test_nothing_is_lost_while_the_job_did_not_run_and_nothing_is_told_twice(shop: Shop, receiver: Receiver) -> None:
    shop.add_channel(receiver.url)
    old = shop.add_incident(NOON - 20 * HOUR)
    shop.end(old, NOON - 19 * HOUR)
    shop.run(NOON)
    late = shop.add_incident(NOON - 5 * MINUTE)  # committed after the run that was later
    for minute in range(0, 60, 5):
        shop.run(NOON + minute * MINUTE)
    assert incidents_of(receiver) == [[("opened", str(old)), ("closed", str(old)), ("opened", str(late))]]


def test_what_opened_before_a_channel_was_enabled_and_what_is_no_incident_yet_is_not_told(
    shop: Shop, receiver: Receiver
) -> None:
    shop.add_channel(receiver.url, enabled_since=NOON)
    before = shop.add_incident(NOON - MINUTE)
    shop.add_incident(None)
    shop.run(NOON)
    shop.end(before, NOON + MINUTE)
    for minute in (1, 30):
        shop.run(NOON + minute * MINUTE)
    assert receiver.requests == []


def test_quiet_hours_of_the_store_hold_messages_until_their_end(shop: Shop, receiver: Receiver) -> None:
    night = {"quiet_from": clock_time(22), "quiet_until": clock_time(7)}
    shop.add_channel(receiver.url, **night)
    at = NOON.replace(hour=23)
    incident = shop.add_incident(at)
    for hours in (0, 1, 7):
        shop.run(at + hours * HOUR)
    shop.end(incident, at + 7 * HOUR)
    shop.run(at + 7 * HOUR + 59 * MINUTE)
    assert receiver.requests == []
    shop.run(at + 8 * HOUR)
    assert incidents_of(receiver) == [[("opened", str(incident)), ("closed", str(incident))]]


def test_muted_acknowledged_and_closed_incidents_are_not_told(shop: Shop, receiver: Receiver) -> None:
    shop.add_channel(receiver.url)
    muted = shop.add_incident(muted_until=NOON + HOUR)
    acknowledged, closed, handled = (shop.add_incident() for _ in range(3))
    shop.change(acknowledged, acknowledged_at=NOON)
    shop.change(closed, closed_at=NOON, closed_by=uuid4())
    shop.run(NOON)
    shop.change(handled, acknowledged_at=NOON + 5 * MINUTE)  # while it waits
    shop.run(NOON + 10 * MINUTE)
    for incident in (acknowledged, handled):
        shop.end(incident, NOON + 20 * MINUTE)
    shop.run(NOON + 59 * MINUTE)
    assert receiver.requests == []
    shop.run(NOON + 60 * MINUTE)  # the mute ends, and the incident lasts
    shop.run(NOON + 70 * MINUTE)
    assert incidents_of(receiver) == [[("opened", str(muted))]]


def test_a_mute_during_the_wait_holds_the_message(shop: Shop, receiver: Receiver) -> None:
    shop.add_channel(receiver.url)
    incident = shop.add_incident()
    shop.run(NOON)
    shop.change(incident, muted_until=NOON + HOUR)
    shop.run(NOON + 30 * MINUTE)
    assert receiver.requests == []
    shop.run(NOON + HOUR)
    assert incidents_of(receiver) == [[("opened", str(incident))]]


def test_the_person_who_closes_an_incident_is_not_told_and_the_others_are(shop: Shop, receiver: Receiver) -> None:
    colleague = make_member(shop.connection, shop.store_id)
    with receiving(respond(204)) as other:
        shop.add_channel(receiver.url)
        shop.add_channel(other.url, user_id=colleague)
        incident = shop.add_incident()
        for minute in (0, 10):
            shop.run(NOON + minute * MINUTE)
        shop.change(incident, closed_at=NOON + 15 * MINUTE, closed_by=shop.owner)
        for minute in (15, 25):
            shop.run(NOON + minute * MINUTE)
        assert incidents_of(other) == [[("opened", str(incident))], [("closed", str(incident))]]
    assert incidents_of(receiver) == [[("opened", str(incident))]]


def test_a_channel_gets_what_it_asks_for_and_what_its_person_may_know(shop: Shop, receiver: Receiver) -> None:
    other_store = make_store(shop.connection)
    other_camera = make_camera(shop.connection, other_store)
    of_other: dict[str, Any] = {"store_id": other_store, "camera_id": other_camera}
    superadmin = uuid4()
    shop.connection.execute("INSERT INTO users (id, email) VALUES (%s, 'admin@example.org')", [superadmin])
    make_superadmin(shop.connection, user_id=superadmin)
    offline, slow = shop.add_incident(), shop.add_incident(type="slow")
    foreign = shop.add_incident(**of_other)
    key = shop.add_incident(type="worker_key_unused", camera_id=None)
    job = shop.add_incident(type="refresh_overdue", camera_id=None, store_id=None)
    expected: dict[str, tuple[dict[str, Any], set[UUID]]] = {
        "own": ({}, {offline, slow}),
        "critical": ({"minimum_severity": "critical"}, {offline}),
        "types": ({"incident_types": ["slow", "backlog"]}, {slow}),
        "store": ({"scope": "store", "store_id": shop.store_id}, {offline, slow}),
        "foreign store": ({"scope": "store", "store_id": other_store}, set()),
        "no superadmin": ({"scope": "installation"}, set()),
        "superadmin": ({"scope": "installation", "user_id": superadmin}, {offline, slow, foreign, key, job}),
        "superadmin, own stores": ({"user_id": superadmin}, set()),
        "disabled": ({"enabled_since": None}, set()),
    }
    for name, (columns, _) in expected.items():
        shop.add_channel(f"{receiver.url}&channel={name.replace(' ', '-')}", **columns)
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    found = {
        request.line.split()[1].partition("channel=")[2]: {
            UUID(each["incident_id"]) for each in json.loads(request.body)["data"]["incidents"]
        }
        for request in receiver.requests
    }
    assert found == {name.replace(" ", "-"): wanted for name, (_, wanted) in expected.items() if wanted}


def test_an_owner_who_is_removed_gets_nothing_that_still_waits_or_is_tried_again(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answers = [respond(503)]
    tried = shop.add_channel(receiver.url)
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    shop.add_incident(NOON + 11 * MINUTE)
    shop.run(NOON + 11 * MINUTE)
    shop.connection.execute("DELETE FROM store_members WHERE user_id = %s", [shop.owner])
    before = len(receiver.requests)
    for minute in (21, 60, 600):
        shop.run(NOON + minute * MINUTE)
    assert len(receiver.requests) == before
    ((state, _, outcome),) = shop.outbox(tried)
    assert (state, outcome) == ("failed", "The person may not read all of its stores any more.")
