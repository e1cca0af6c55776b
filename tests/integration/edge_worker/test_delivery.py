"""Delivery over real HTTP, against a backend that fails on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from edge_worker.clock import TrustedClock
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.records import Event
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.delivery import SET_ASIDE_S, Delivery, LinkState
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, answers, drops_the_connection
from tests.unit.edge_worker.events import event


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[FailoverOutbox]:
    opened = FailoverOutbox(tmp_path / "outbox.db")
    yield opened
    opened.close()


@pytest.fixture
def delivery(backend: RecordingBackend, outbox: FailoverOutbox) -> Iterator[Delivery]:
    with connected(backend, outbox) as made:
        yield made


class connected:  # noqa: N801 - reads as a phrase
    def __init__(
        self,
        backend: RecordingBackend,
        outbox: FailoverOutbox,
        key: str = KEY,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        clock = TrustedClock()
        self._client = BackendClient(backend.url, key, clock)
        self._delivery = Delivery(outbox, self._client, clock, random_number=lambda: 0.0, elapsed=elapsed)

    def __enter__(self) -> Delivery:
        return self._delivery

    def __exit__(self, *_: object) -> None:
        self._client.close()


def crossings(backend: RecordingBackend, count: int) -> list[Event]:
    start = datetime.now(UTC) - timedelta(hours=1)
    return [event(n, start=start, camera_id=backend.camera_id, store_id=backend.store_id) for n in range(count)]


def ids(events: list[Event]) -> list[str]:
    return [one.event_id for one in events]


def stored(backend: RecordingBackend) -> list[str]:
    return [event_id for _, event_id, _ in backend.stored]


def until_nothing_is_due(delivery: Delivery, most: int = 100) -> None:
    for _ in range(most):
        if delivery.step() is None:
            return
    pytest.fail("delivery does not come to an end")


def test_events_arrive_as_they_were_stored_and_leave_the_outbox(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    [crossing] = crossings(backend, 1)
    outbox.add([crossing])
    until_nothing_is_due(delivery)
    assert list(backend.stored.values()) == [
        {
            "event_id": crossing.event_id,
            "store_id": backend.store_id,
            "camera_id": backend.camera_id,
            "direction": "IN",
            "ts": crossing.ts,
            "tracker_id": 7,
        }
    ]
    assert outbox.backlog().events == 0
    assert (delivery.status.sent, delivery.status.link) == (1, LinkState.OK)


def test_a_backlog_goes_oldest_first_in_batches_of_a_thousand(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    waiting = crossings(backend, 2500)
    outbox.add(waiting[1000:])
    outbox.add(waiting[:1000])
    until_nothing_is_due(delivery)
    assert backend.batches == [1000, 1000, 500]
    assert stored(backend) == ids(waiting)


def test_a_batch_that_is_too_large_is_halved_until_it_fits(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    backend.largest_batch = 300
    waiting = crossings(backend, 1000)
    outbox.add(waiting)
    until_nothing_is_due(delivery)
    assert set(backend.batches) == {250}
    assert sorted(stored(backend)) == sorted(ids(waiting))


def test_a_proxy_that_finds_even_one_crossing_too_large_makes_no_dead_letters(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    waiting = crossings(backend, 4)
    outbox.add(waiting)
    backend.largest_batch = 0
    for _ in range(6):
        delivery.step()
    assert (outbox.backlog().events, outbox.backlog().dead) == (4, 0)
    assert "413" in (delivery.status.problem or "")
    backend.largest_batch = 1000
    until_nothing_is_due(delivery)
    assert stored(backend) == ids(waiting)


def test_a_connection_that_dies_after_the_commit_doubles_nothing(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    waiting = crossings(backend, 3)
    outbox.add(waiting)
    backend.after.append(drops_the_connection)
    pause = delivery.step()
    assert pause is not None
    assert pause > 0
    assert outbox.backlog().events == 3
    until_nothing_is_due(delivery)
    assert stored(backend) == ids(waiting)
    assert (delivery.status.inserted, delivery.status.duplicates) == (0, 3)


def test_a_refused_key_keeps_all_events_and_is_reported(backend: RecordingBackend, outbox: FailoverOutbox) -> None:
    outbox.add(crossings(backend, 3))
    with connected(backend, outbox, key="mk_revoked") as delivery:
        pause = delivery.step()
    assert pause is not None
    assert pause >= 60
    assert delivery.status.link is LinkState.REFUSED
    assert "refuses the worker key" in (delivery.status.problem or "")
    assert outbox.backlog().events == 3
    assert outbox.backlog().dead == 0


def test_permanently_refused_events_become_dead_letters_and_do_not_block_others(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    good, bad, better = crossings(backend, 3)
    outbox.add([good, bad, better])
    backend.reject = lambda one: "too_old" if one["event_id"] == bad.event_id else None
    until_nothing_is_due(delivery)
    assert stored(backend) == ids([good, better])
    assert (outbox.backlog().events, outbox.backlog().dead) == (0, 1)


def test_an_event_that_the_backend_cannot_read_waits_and_does_not_block_the_others(
    backend: RecordingBackend, outbox: FailoverOutbox
) -> None:
    now = [0.0]
    waiting = crossings(backend, 4)
    outbox.add(waiting)
    poison = waiting[0].event_id
    backend.unreadable = lambda events: any(one["event_id"] == poison for one in events)
    with connected(backend, outbox, elapsed=lambda: now[0]) as delivery:
        until_nothing_is_due(delivery)
        assert stored(backend) == ids(waiting[1:])
        assert (outbox.backlog().events, outbox.backlog().dead, delivery.status.set_aside) == (1, 0, 1)
        assert "cannot read" in (delivery.status.problem or "")
        backend.unreadable = lambda _events: False
        assert delivery.step() is None
        now[0] += SET_ASIDE_S
        until_nothing_is_due(delivery)
    assert sorted(stored(backend)) == sorted(ids(waiting))
    assert (delivery.status.set_aside, delivery.status.problem) == (0, None)


def test_an_envelope_that_is_never_read_makes_no_dead_letters_and_everything_waits(
    backend: RecordingBackend, outbox: FailoverOutbox
) -> None:
    waiting = crossings(backend, 200)
    outbox.add(waiting)
    backend.unreadable = lambda _events: True
    with connected(backend, outbox) as delivery:
        pauses = [delivery.step() for _ in range(40)]
        assert any(pauses), "it does not try for ever without a pause"
        assert (outbox.backlog().events, outbox.backlog().dead) == (200, 0)
        assert delivery.status.link is LinkState.WAITING
        assert "check for a proxy" in (delivery.status.problem or "")
        backend.unreadable = lambda _events: False
        until_nothing_is_due(delivery)
    assert sorted(stored(backend)) == sorted(ids(waiting))


def test_a_batch_whose_compression_is_damaged_is_sent_uncompressed_at_once(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    waiting = crossings(backend, 1500)
    outbox.add(waiting)
    backend.reads_gzip = False
    until_nothing_is_due(delivery, most=3)
    assert stored(backend) == ids(waiting)
    assert backend.batches == [1000, 500]
    assert backend.encodings == ["gzip", "", ""], "the next batches are uncompressed from the start"


def test_retry_after_is_waited_for(delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend) -> None:
    outbox.add(crossings(backend, 1))
    backend.before.append(answers(503, None, Retry_After="77"))
    assert delivery.step() == 77.0
    assert delivery.status.link is LinkState.WAITING


def test_delays_grow_while_the_backend_fails_and_are_reset_by_a_success(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    outbox.add(crossings(backend, 1))
    backend.before += [answers(500)] * 4
    assert [delivery.step() for _ in range(4)] == [0.5, 1.0, 2.0, 4.0]
    until_nothing_is_due(delivery)
    outbox.add(crossings(backend, 1))
    backend.before.append(answers(500))
    assert delivery.step() == 0.5


def test_a_captive_portal_that_answers_200_accepts_nothing(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    outbox.add(crossings(backend, 2))
    backend.before.append(answers(200, {"welcome": "Wi-Fi"}))
    delivery.step()
    assert outbox.backlog().events == 2
    until_nothing_is_due(delivery)
    assert len(backend.stored) == 2


@pytest.mark.clock
def test_the_clock_of_a_captive_portal_is_ignored(backend: RecordingBackend, outbox: FailoverOutbox) -> None:
    def portal(handler: Any) -> bool:
        page = b"<html>Welcome</html>"
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(page)))
        handler.end_headers()
        handler.wfile.write(page)
        return True

    clock = TrustedClock()
    outbox.add(crossings(backend, 1))
    backend.server_time = lambda: datetime(1970, 1, 1, tzinfo=UTC)
    backend.before.append(portal)
    with BackendClient(backend.url, KEY, clock) as client:
        Delivery(outbox, client, clock).step()
        assert clock.offset_s() is None
        backend.server_time = lambda: datetime.now(UTC) - timedelta(hours=1)
        Delivery(outbox, client, clock).step()
        assert clock.is_wrong()


@pytest.mark.clock
def test_events_of_the_future_wait_until_they_are_due(
    delivery: Delivery, outbox: FailoverOutbox, backend: RecordingBackend
) -> None:
    ahead = event(600, start=datetime.now(UTC), camera_id=backend.camera_id, store_id=backend.store_id)
    outbox.add([ahead])
    assert delivery.step() is None
    assert outbox.backlog().events == 1
    assert backend.batches == []


@pytest.mark.clock
def test_a_worker_whose_clock_is_ahead_keeps_events_that_the_backend_calls_future(
    backend: RecordingBackend, outbox: FailoverOutbox
) -> None:
    an_hour_ahead = TrustedClock(now=lambda: datetime.now(UTC) + timedelta(hours=1))
    crossing = event(0, start=an_hour_ahead.utc(), camera_id=backend.camera_id, store_id=backend.store_id)
    outbox.add([crossing])
    backend.reject = lambda _one: "future_timestamp"
    with BackendClient(backend.url, KEY, an_hour_ahead) as client:
        delivery = Delivery(outbox, client, an_hour_ahead)
        assert delivery.step() == 0.0
        assert delivery.step() is None
    assert an_hour_ahead.is_wrong()
    assert (outbox.backlog().events, outbox.backlog().dead) == (1, 0)
