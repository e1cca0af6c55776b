from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.clock import format_utc
from edge_worker.counters import RunCounters
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Backlog, Minute, Totals
from edge_worker.overhead.view import View
from edge_worker.uplink.heartbeat import heartbeat_body, ignored_members, refused_minutes

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_it_reports_nothing_beyond_the_newest_frame_and_the_oldest_waiting_crossing() -> None:
    counters = RunCounters()
    counters.model = "m"
    body = heartbeat_body(
        at(100),
        "1",
        counters,
        counted_until=at(90),
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
        "refused": 0,
        "lost": 0,
        "set_aside": 0,
        "totals": {"in": 3, "out": 4},
        "minutes": [{"minute": format_utc(START), "frames": 1, "dropped": 2, "fps": 3.0, "reconnects": 4}],
    }


def test_everything_is_complete_only_until_the_oldest_refused_crossing() -> None:
    body = heartbeat_body(
        at(100),
        "1",
        RunCounters(),
        counted_until=at(90),
        backlog=Backlog(events=1, oldest=format_utc(at(80)), dead=3, oldest_dead=format_utc(at(30))),
        totals=Totals(),
        minutes=[],
        lost=4,
        set_aside=1,
    )
    assert body["oldest_unsent_s"] == 60.0
    assert (body["refused"], body["lost"], body["set_aside"]) == (3, 4, 1)


@pytest.mark.parametrize(
    ("line_version", "members"),
    [(7, {"line_version": 7}), (None, {"line_version": None}), (UNKNOWN_LINE_VERSION, {})],
)
def test_a_minute_reports_the_line_version_unless_it_is_unknown(
    line_version: int | None, members: dict[str, Any]
) -> None:
    minute = Minute("camera", format_utc(START), 1, 2, 3.0, 4, line_version)
    body = heartbeat_body(
        at(100), "1", RunCounters(), counted_until=at(90), backlog=Backlog(), totals=Totals(), minutes=[minute]
    )
    assert {name: value for name, value in body["minutes"][0].items() if name == "line_version"} == members


def test_a_file_processed_faster_than_real_time_is_not_reported_for_the_future() -> None:
    body = heartbeat_body(
        at(100), "1", RunCounters(), counted_until=at(900), backlog=Backlog(), totals=Totals(), minutes=[]
    )
    assert (body["sent_at"], body["oldest_unsent_s"]) == (format_utc(at(100)), 0.0)


def test_the_track_fragmentation_is_reported_once_there_are_enough_crossings() -> None:
    counters = RunCounters()
    counters.ins, counters.near_line = 20, 26
    body = heartbeat_body(at(100), "1", counters, counted_until=at(90), backlog=Backlog(), totals=Totals(), minutes=[])
    assert body["track_fragmentation"] == 1.3


def test_what_the_worker_measures_is_reported() -> None:
    body = heartbeat_body(
        at(100),
        "1",
        RunCounters(),
        counted_until=at(90),
        backlog=Backlog(),
        totals=Totals(),
        minutes=[],
        instance_id="i",
        run_id="r",
        camera=CameraStatus(Picture.OK, 10.0, 8.0, 1.5, 20.0, "openvino:cpu", 0.25),
        track_ends=[(0.5, 0.25)],
        clock_offset_s=-1.23456,
    )
    measured = {
        "instance_id": "i",
        "run_id": "r",
        "picture": "ok",
        "fps_wanted": 10.0,
        "fps_reached": 8.0,
        "decode_ms": 1.5,
        "inference_ms": 20.0,
        "device": "openvino:cpu",
        "person_height": 0.25,
        "track_ends": [[0.5, 0.25]],
        "clock_offset_s": -1.235,
    }
    assert {name: body.get(name) for name in measured} == measured


@pytest.mark.parametrize(
    ("view", "model"),
    [(None, "m"), (View.SIDE, "m"), (View.ABOVE, "m (picture turned: seen from straight above)")],
)
def test_the_name_of_the_model_says_that_the_picture_is_turned(view: View | None, model: str) -> None:
    counters = RunCounters()
    counters.model = "m"
    body = heartbeat_body(
        at(100),
        "0.1.0",
        counters,
        counted_until=at(90),
        backlog=Backlog(),
        totals=Totals(),
        minutes=[],
        camera=CameraStatus(view=view),
    )
    assert body["model"] == model


@pytest.mark.parametrize(
    ("answer", "names"), [({}, []), ({"ignored": ["picture", 3]}, ["picture"]), ({"ignored": 1}, [])]
)
def test_the_backend_names_what_it_could_not_read(answer: dict[str, Any], names: list[str]) -> None:
    assert ignored_members(answer) == names


def test_only_minutes_that_are_too_old_are_kept_for_later() -> None:
    minutes = [Minute("camera", format_utc(at(60 * n)), 1, 2, 3.0, 4) for n in range(4)]
    answer = {"rejected": [{"index": 1, "reason": "too_old"}, {"index": 2, "reason": "malformed"}]}
    assert refused_minutes(answer, minutes) == [minutes[1]]


@pytest.mark.parametrize("rejected", [None, {}, ["x"], [{"index": 9, "reason": "too_old"}], [{"reason": "too_old"}]])
def test_an_answer_that_says_nothing_about_minutes_keeps_none(rejected: Any) -> None:
    assert refused_minutes({"rejected": rejected}, [Minute("camera", format_utc(START), 1, 2, 3.0, 4)]) == []
