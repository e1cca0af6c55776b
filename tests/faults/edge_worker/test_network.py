"""The network and the backend at their worst; time is simulated, sockets are real."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from edge_worker.backoff import LONGEST_DELAY_S
from edge_worker.clock import TrustedClock
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.records import Event
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.delivery import Delivery
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, drops_the_connection, serving
from tests.unit.edge_worker.events import event

HOUR_S = 3600.0


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[FailoverOutbox]:
    opened = FailoverOutbox(tmp_path / "outbox.db")
    yield opened
    opened.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def crossings(backend: RecordingBackend, count: int) -> list[Event]:
    start = datetime.now(UTC) - timedelta(hours=2)
    return [event(n, start=start, camera_id=backend.camera_id, store_id=backend.store_id) for n in range(count)]


def ids(events: list[Event]) -> list[str]:
    return [one.event_id for one in events]


def stored(backend: RecordingBackend) -> list[str]:
    return [event_id for _, event_id, _ in backend.stored]


def test_an_ingest_that_is_down_for_an_hour_loses_nothing_and_is_not_hammered(outbox: FailoverOutbox) -> None:
    port, backend, clock = free_port(), RecordingBackend(), TrustedClock()
    waiting = crossings(backend, 2400)
    elapsed, attempts, counted = 0.0, 0, 0
    with BackendClient(f"http://127.0.0.1:{port}", KEY, clock) as client:
        delivery = Delivery(outbox, client, clock)
        while elapsed < HOUR_S:
            due = min(
                int(elapsed / 1.5) + 1, len(waiting)
            )  # a crossing every second and a half, all through the outage
            outbox.add(waiting[counted:due])
            counted = due
            pause = delivery.step()
            assert pause is not None
            assert 0 < pause <= LONGEST_DELAY_S
            attempts += 1
            elapsed += pause
        outbox.add(waiting[counted:])
        assert 10 <= attempts <= 25
        assert outbox.backlog().events == len(waiting)
        with serving(backend, port):
            while delivery.step() is not None:
                pass
    assert stored(backend) == ids(waiting)
    assert outbox.backlog().events == 0
    assert elapsed < HOUR_S + LONGEST_DELAY_S


def test_answers_that_are_lost_again_and_again_double_nothing(outbox: FailoverOutbox) -> None:
    backend, clock = RecordingBackend(), TrustedClock()
    waiting = crossings(backend, 1500)
    outbox.add(waiting)
    with serving(backend), BackendClient(backend.url, KEY, clock) as client:
        delivery = Delivery(outbox, client, clock)
        for _ in range(5):
            backend.after.append(drops_the_connection)
            delivery.step()
        while delivery.step() is not None:
            pass
    assert stored(backend) == ids(waiting)
    assert outbox.backlog().delivered == len(waiting)


def test_a_half_open_connection_ends_as_a_timeout_and_the_next_attempt_succeeds(outbox: FailoverOutbox) -> None:
    port, backend, clock = free_port(), RecordingBackend(), TrustedClock()
    waiting = crossings(backend, 10)
    outbox.add(waiting)
    with BackendClient(f"http://127.0.0.1:{port}", KEY, clock, timeout=httpx.Timeout(0.3)) as client:
        delivery = Delivery(outbox, client, clock)
        with accepts_and_never_answers(port):
            pause = delivery.step()
        assert pause is not None
        assert pause > 0
        assert "did not answer in time" in (delivery.status.problem or "")
        with serving(backend, port):
            while delivery.step() is not None:
                pass
    assert stored(backend) == ids(waiting)


def test_a_kept_alive_connection_that_died_silently_costs_one_attempt_at_most(outbox: FailoverOutbox) -> None:
    port, backend, clock = free_port(), RecordingBackend(), TrustedClock()
    first, second = crossings(backend, 2)
    with BackendClient(f"http://127.0.0.1:{port}", KEY, clock, timeout=httpx.Timeout(0.5)) as client:
        delivery = Delivery(outbox, client, clock)
        with serving(backend, port):
            outbox.add([first])
            delivery.step()
        outbox.add([second])
        with serving(backend, port):  # the client still holds a connection to the server that is gone
            delivery.step()
            delivery.step()
    assert stored(backend) == ids([first, second])


@contextmanager
def accepts_and_never_answers(port: int) -> Iterator[None]:
    """A peer that takes connections and data and says nothing, as one behind a dead NAT entry does."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", port)) as listener:
        thread = threading.Thread(target=lambda: taken.append(listener.accept()[0]), daemon=True)
        thread.start()
        yield
        thread.join(5)
    for connection in taken:
        connection.close()
