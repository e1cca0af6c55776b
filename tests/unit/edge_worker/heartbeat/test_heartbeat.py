from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge_worker.clock import format_utc
from edge_worker.heartbeat.canary import id_break_ratio, ids_break_up
from edge_worker.heartbeat.minutes import MinuteTally
from edge_worker.heartbeat.report import heartbeat_body
from edge_worker.heartbeat.vitals import Pulse
from edge_worker.outbox import Minute, Totals
from edge_worker.outbox.records import Backlog

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_minute_is_complete_with_the_first_frame_of_the_next() -> None:
    tally = MinuteTally("camera")
    assert [tally.frame(at(second)) for second in (0, 30, 59.9)] == [[], [], []]
    [minute] = tally.frame(at(60))
    assert (minute.minute, minute.frames) == ("2026-11-22T12:00:00.000000Z", 3)


def test_a_camera_that_stands_still_makes_a_gap_and_no_minute_of_zero() -> None:
    tally = MinuteTally("camera")
    tally.frame(at(0))
    done = tally.frame(at(600))
    assert [minute.minute for minute in [*done, *tally.close()]] == [
        "2026-11-22T12:00:00.000000Z",
        "2026-11-22T12:10:00.000000Z",
    ]


def test_frames_per_second_are_those_between_the_first_and_the_last_frame() -> None:
    tally = MinuteTally("camera")
    for index in range(101):
        tally.frame(at(30 + index / 10))
    [minute] = tally.close()
    assert minute.fps == 10.0


@given(st.lists(st.floats(-600, 600), min_size=1, max_size=60))
def test_no_frame_is_lost_however_the_clock_jumps(moments: list[float]) -> None:
    tally = MinuteTally("camera")
    done = [minute for moment in moments for minute in tally.frame(at(moment), dropped=2)] + tally.close()
    assert sum(minute.frames for minute in done) == len(moments)
    assert sum(minute.dropped for minute in done) == 2 * len(moments)


def test_nothing_is_vouched_for_beyond_the_newest_frame_and_the_oldest_waiting_crossing() -> None:
    body = heartbeat_body(
        at(100),
        "1",
        Pulse(frames=9, last_frame_at=at(90), model="m"),
        backlog=Backlog(events=2, oldest=format_utc(at(70))),
        totals=Totals(3, 4),
        minutes=[Minute("camera", format_utc(START), 1, 2, 3.0, 4)],
    )
    assert body == {
        "sent_at": format_utc(at(90)),
        "worker_version": "1",
        "model": "m",
        "backlog": 2,
        "oldest_unsent_s": 20.0,
        "totals": {"in": 3, "out": 4},
        "minutes": [{"minute": format_utc(START), "frames": 1, "dropped": 2, "fps": 3.0, "reconnects": 4}],
    }


def test_a_file_played_faster_than_time_is_not_vouched_for_in_the_future() -> None:
    pulse = Pulse(frames=9, last_frame_at=at(900))
    body = heartbeat_body(at(100), "1", pulse, backlog=Backlog(), totals=Totals(), minutes=[])
    assert (body["sent_at"], body["oldest_unsent_s"]) == (format_utc(at(100)), 0.0)


def test_the_canary_is_silent_until_there_are_crossings_enough_and_sings_when_ids_break_up() -> None:
    assert id_break_ratio(19, 19) is None
    assert id_break_ratio(26, 20) == 1.3
    assert not ids_break_up(1.3)
    assert ids_break_up(id_break_ratio(27, 20))
    assert not ids_break_up(None)
