"""Validation of heartbeats: all errors of the body at once, minutes one by one."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.common.problems import BadRequest, Invalid, TooLarge
from functions.ingest.heartbeat import Heartbeat, delivered_until, parse_heartbeat

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def beat(**changes: Any) -> dict[str, Any]:
    return {
        "sent_at": "2026-11-22T11:59:58Z",
        "worker_version": "0.1.0",
        "model": "yolo26n",
        "backlog": 0,
        "oldest_unsent_s": None,
        "totals": {"in": 10, "out": 9},
        "minutes": [],
        **changes,
    }


def minute(**changes: Any) -> dict[str, Any]:
    return {
        "minute": "2026-11-22T11:58:00Z",
        "frames": 600,
        "dropped": 0,
        "fps": 10.0,
        "reconnects": 0,
        "line_version": 1,
        **changes,
    }


def parse(document: Any) -> Heartbeat:
    return parse_heartbeat(json.dumps(document).encode(), NOW)


def faults(document: Any) -> list[list[str | int]]:
    with pytest.raises(Invalid) as refused:
        parse(document)
    return [error["loc"] for error in refused.value.errors]


def test_a_good_one_is_read() -> None:
    read = parse(beat(minutes=[minute()]))
    assert (read.backlog, read.total_in, read.total_out, read.model) == (0, 10, 9, "yolo26n")
    assert (len(read.minutes), read.minutes[0].frames, read.rejected) == (1, 600, [])


def test_with_nothing_waiting_everything_until_it_was_sent_has_arrived() -> None:
    assert parse(beat()).delivered_until == NOW - timedelta(seconds=2)


def test_with_a_backlog_everything_before_its_oldest_crossing_has_arrived() -> None:
    assert parse(beat(backlog=3, oldest_unsent_s=60)).delivered_until == NOW - timedelta(seconds=62)


def test_a_backlog_of_unknown_age_gives_no_delivery_time() -> None:
    assert parse(beat(backlog=3, oldest_unsent_s=None)).delivered_until is None


def test_the_delivery_time_is_never_in_the_future() -> None:
    assert delivered_until(NOW + timedelta(hours=1), 0, None, NOW) == NOW


@pytest.mark.parametrize(
    "changes",
    [
        {"sent_at": "0001-01-01T00:00:00Z"},
        {"sent_at": "0001-01-01T00:00:00Z", "backlog": 1, "oldest_unsent_s": 1e9},
        {"backlog": 1, "oldest_unsent_s": 1e9},
    ],
)
def test_the_delivery_time_is_at_most_as_old_as_accepted_events(changes: dict[str, Any]) -> None:
    assert parse(beat(**changes)).delivered_until == NOW - timedelta(days=30)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"sent_at": "now"}, ["body", "sent_at"]),
        ({"sent_at": None}, ["body", "sent_at"]),
        ({"sent_at": "2026-11-22T11:59:58"}, ["body", "sent_at"]),
        ({"sent_at": "9999-12-31T23:59:59-14:00"}, ["body", "sent_at"]),
        ({"backlog": -1}, ["body", "backlog"]),
        ({"backlog": 1.5}, ["body", "backlog"]),
        ({"backlog": True}, ["body", "backlog"]),
        ({"backlog": 2**31}, ["body", "backlog"]),
        ({"totals": {"in": -1, "out": 0}}, ["body", "totals", "in"]),
        ({"totals": {"in": 1}}, ["body", "totals", "out"]),
        ({"totals": [1, 2]}, ["body", "totals", "in"]),
        ({"minutes": {}}, ["body", "minutes"]),
        ({"minutes": None}, ["body", "minutes"]),
    ],
)
def test_a_wrong_member_is_named(changes: dict[str, Any], where: list[str | int]) -> None:
    assert where in faults(beat(**changes))


MEASURED = {
    "picture": "covered",
    "track_fragmentation": 1.25,
    "fps_wanted": 10.0,
    "fps_reached": 9.5,
    "decode_ms": 2.0,
    "inference_ms": 31.0,
    "device": "openvino:cpu",
    "clock_offset_s": -7.5,
    "person_height": 0.25,
}


def test_the_measurements_are_read() -> None:
    run_id = "33333333-3333-4333-8333-333333333333"
    read = parse(beat(**MEASURED, run_id=run_id, track_ends=[[0, 1], [0.25, 0.5]]))
    assert asdict(read.measurements) == MEASURED
    assert (read.track_ends, str(read.run_id), read.ignored) == ([(0.0, 1.0), (0.25, 0.5)], run_id, [])


def test_a_measurement_that_is_null_or_missing_is_unknown() -> None:
    for changes in ({}, dict.fromkeys(MEASURED)):
        read = parse(beat(**changes))
        assert (set(asdict(read.measurements).values()), read.ignored) == ({None}, [])


@pytest.mark.parametrize(
    ("member", "values"),
    {
        "oldest_unsent_s": [-1, float("nan"), 10**400, "5"],
        "worker_version": ["x" * 201, "a\u0000b", 7],
        "model": [7],
        "refused": [-1, 1.5, True, 2**31],
        "lost": ["1"],
        "set_aside": [{}],
        "instance_id": ["box-7", 7],
        "run_id": ["{33333333-3333-4333-8333-333333333333}"],
        "picture": ["dark", 1, ["ok"]],
        "track_fragmentation": [-0.1, float("inf"), 1e9, True],
        "fps_wanted": [1001, "10"],
        "fps_reached": [-1, float("nan")],
        "decode_ms": [-1, 1e9],
        "inference_ms": [[], float("inf")],
        "device": ["x" * 65, "cpu\n", 1],
        "clock_offset_s": [float("nan"), 1e12, "3"],
        "person_height": [1.01, -0.01],
        "track_ends": [{}, [[0.5]], [[0.5, 1.5]], [[0.5, float("nan")]], [["0", "1"]], [[0.5, 0.5]] * 201, [0.5, 0.5]],
    }.items(),
)
def test_an_invalid_optional_member_is_ignored_and_named_and_loses_no_minute(member: str, values: list[Any]) -> None:
    for value in values:
        read = parse(beat(minutes=[minute()], **{member: value}))
        assert (read.ignored, len(read.minutes)) == ([member], 1)
        unknown = parse(beat(**{member: None}))
        assert unknown == replace(read, ignored=[], minutes=[], delivered_until=unknown.delivered_until)


def test_with_an_invalid_number_of_refused_crossings_the_delivery_time_is_unknown() -> None:
    assert parse(beat(refused="3", oldest_unsent_s=60)).delivered_until is None


@pytest.mark.parametrize(
    ("changes", "delivered"),
    [
        ({"refused": 0}, 19),
        ({"refused": 4}, 15),
        ({"refused": 0, "backlog": 1, "oldest_unsent_s": 1}, None),
        ({}, None),
    ],
)
def test_the_delivered_crossings_are_known_while_none_waits(changes: dict[str, Any], delivered: int | None) -> None:
    assert parse(beat(**changes)).delivered == delivered


def test_every_fault_is_named_at_once() -> None:
    assert len(faults({"backlog": "?", "totals": {"in": "?"}})) == 4


@pytest.mark.parametrize(
    ("members", "line_version", "reports_line"),
    [({"line_version": 3}, 3, True), ({"line_version": None}, None, True), ({}, None, False)],
)
def test_the_line_version_of_a_minute_may_be_null_or_missing(
    members: dict[str, Any], line_version: int | None, reports_line: bool
) -> None:
    sent = {name: value for name, value in minute().items() if name != "line_version"} | members
    [read] = parse(beat(minutes=[sent])).minutes
    assert (read.line_version, read.reports_line) == (line_version, reports_line)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"minute": "2026-11-22T11:58:01Z"}, "malformed"),
        ({"minute": "2026-11-22T11:58:00"}, "malformed"),
        ({"minute": "2026-11-22T12:06:00Z"}, "future_timestamp"),
        ({"minute": "2026-10-01T00:00:00Z"}, "too_old"),
        ({"frames": -1}, "malformed"),
        ({"frames": None}, "malformed"),
        ({"fps": 1e9}, "malformed"),
        ({"fps": None}, "malformed"),
        ({"reconnects": 2**31}, "malformed"),
        ({"line_version": 0}, "malformed"),
        ({"line_version": 2**31}, "malformed"),
        ({"line_version": "1"}, "malformed"),
        ({"line_version": True}, "malformed"),
    ],
)
def test_a_bad_minute_blocks_neither_the_beat_nor_the_others(changes: dict[str, Any], reason: str) -> None:
    read = parse(beat(minutes=[minute(), minute(**changes), 7]))
    assert len(read.minutes) == 1
    assert read.rejected == [{"index": 1, "reason": reason}, {"index": 2, "reason": "malformed"}]


def test_more_than_a_day_of_minutes_is_too_large() -> None:
    with pytest.raises(TooLarge):
        parse(beat(minutes=[minute()] * 1441))


def test_a_body_that_is_not_json_is_a_bad_request() -> None:
    with pytest.raises(BadRequest):
        parse_heartbeat(b"{", NOW)


MEMBERS = [*beat(), *MEASURED, "track_ends", "refused", "run_id", "instance_id"]
values: st.SearchStrategy[object] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just([]), st.just({})
)


@settings(max_examples=3 * settings().max_examples)
@given(st.dictionaries(st.sampled_from(MEMBERS), values), st.dictionaries(st.sampled_from(list(minute())), values))
def test_every_document_is_accepted_or_invalid(of_beat: dict[str, Any], of_minute: dict[str, Any]) -> None:
    document = {**beat(minutes=[minute(**of_minute)]), **of_beat}
    try:
        read = parse(document)
    except Invalid:
        return
    assert len(read.minutes) + len(read.rejected) == len(document["minutes"])
