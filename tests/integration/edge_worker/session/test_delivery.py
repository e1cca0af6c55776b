"""What a run delivers: heartbeats, totals, and every crossing, also after an outage, a signal and an error."""

from __future__ import annotations

import signal
from _thread import interrupt_main
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge_worker.crossing import Crossing, Direction
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.running.options import RunOptions
from tests.integration.edge_worker.recording_backend import RecordingBackend, answers, serving
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.integration.edge_worker.session.conftest import run, status

IN, OUT = Direction.IN, Direction.OUT


def test_heartbeats_carry_the_minutes_the_totals_and_how_far_everything_has_arrived(
    backend: RecordingBackend, options: RunOptions
) -> None:
    start = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    frames = [frame(n, start + timedelta(seconds=n), dropped=1, reconnects=int(n == 70)) for n in range(120)]
    frames[30] = replace(frames[30], crossings=(Crossing(30.0, 30, OUT, 1),))
    run(options, ScriptedFeed(frames, is_live=True))
    minutes = {one["minute"]: one for beat in backend.heartbeats for one in beat["minutes"]}
    assert {
        minute: (one["frames"], one["dropped"], one["fps"], one["reconnects"]) for minute, one in minutes.items()
    } == {
        "2026-11-21T12:00:00.000000Z": (60, 60, 1.0, 0),
        "2026-11-21T12:01:00.000000Z": (60, 60, 1.0, 1),
    }
    last = backend.heartbeats[-1]
    assert last["totals"] == {"in": 0, "out": 1}
    assert (last["backlog"], last["oldest_unsent_s"]) == (0, 0)
    assert (last["worker_version"], last["model"]) == ("1.2.3", "scripted")
    assert last["sent_at"] == "2026-11-21T12:01:59.000000Z"


def test_a_frozen_camera_sends_no_heartbeat(backend: RecordingBackend, options: RunOptions) -> None:
    run(options, ScriptedFeed([None] * 50, is_live=True))
    assert backend.heartbeats == []


def test_totals_go_on_after_a_restart(backend: RecordingBackend, options: RunOptions) -> None:
    run(options, ScriptedFeed(film(1, {0.5: IN})))
    run(options, ScriptedFeed(film(1, {0.5: IN})))
    assert backend.heartbeats[-1]["totals"] == {"in": 2, "out": 0}


def test_crossings_counted_without_a_network_are_delivered_by_the_next_run(options: RunOptions, tmp_path: Path) -> None:
    backend = RecordingBackend(camera_id=options.camera_id)
    offline = replace(options, api_url="http://127.0.0.1:9")
    assert run(offline, ScriptedFeed(film(1, {0.2: IN, 0.6: OUT}))) == 0
    assert status(offline)["backlog"] == 2
    with serving(backend):
        assert run(replace(options, api_url=backend.url), ScriptedFeed(film(1, {}))) == 0
    assert sorted(one["direction"] for one in backend.stored.values()) == ["IN", "OUT"]
    assert {one["store_id"] for one in backend.stored.values()} == {backend.store_id}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_drains_and_ends_with_zero(
    backend: RecordingBackend, options: RunOptions, number: signal.Signals
) -> None:
    script = [*film(1, {0.2: IN}), None]

    def stop(index: int) -> None:
        if index == len(script) - 1:
            interrupt_main(number)

    assert run(options, ScriptedFeed(script, is_live=True, endless=True, between=stop)) == 0
    assert len(backend.stored) == 1
    assert status(options)["state"] == "ended"


def test_a_key_revoked_later_stops_nothing_and_everything_is_kept(
    backend: RecordingBackend, options: RunOptions
) -> None:
    run(options, ScriptedFeed(film(1, {})))
    backend.key = "mk_another"
    assert run(options, ScriptedFeed(film(1, {0.5: IN}))) == 0
    found = status(options)
    assert (found["backlog"], found["dead"], found["uplink"]) == (1, 0, "refused")
    assert "refuses the worker key" in str(found["problem"])


def test_no_password_of_the_source_is_in_the_status(options: RunOptions) -> None:
    run(options, ScriptedFeed(film(0.2, {})))
    assert status(options)["source"] == "rtsp://admin:***@door/1"


def test_an_event_is_on_disk_before_the_next_frame_is_taken(options: RunOptions) -> None:
    seen: list[int] = []
    script = film(1, {t / 10: IN for t in range(1, 10)})

    def look(index: int) -> None:
        with SqliteOutbox.open(options.outbox) as outbox:
            seen.append(outbox.totals(options.camera_id).ins)

    run(options, ScriptedFeed(script, between=look))
    counted = [sum(len(one.crossings) for one in script[:index]) for index in range(len(script))]
    assert seen == counted


def test_the_run_that_a_backend_error_interrupts_still_delivers_before_it_ends(
    backend: RecordingBackend, options: RunOptions
) -> None:
    backend.before.append(answers(503))
    assert run(options, ScriptedFeed(film(1, {0.5: IN}))) == 0
    outbox = FailoverOutbox(options.outbox)
    left = outbox.backlog().events
    outbox.close()
    assert left + len(backend.stored) == 1
