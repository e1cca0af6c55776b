"""A batch of events: each is stored or rejected for one reason, and none blocks another."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.common.problems import BadRequest, Invalid, TooLarge
from functions.ingest.event_batch import POSTGRES_EPOCH, StoreCameras, check_batch, parse_batch

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORE = UUID("0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b")
CAMERA = UUID("11111111-2222-4333-8444-abcdefabcdef")
GONE = UUID("99999999-2222-4333-8444-abcdefabcdef")
CAMERAS = StoreCameras(STORE, {str(CAMERA): None, str(GONE): NOW - timedelta(hours=1)})


def event(**changes: Any) -> dict[str, Any]:
    return {
        "event_id": str(uuid4()),
        "store_id": str(STORE),
        "camera_id": str(CAMERA),
        "direction": "IN",
        "ts": "2026-11-22T11:15:02.123456Z",
        "tracker_id": 17,
        **changes,
    }


def reasons(*events: Any) -> list[str | None]:
    """For each event why it is rejected, or None."""
    batch = check_batch(list(events), CAMERAS, NOW)
    found: list[str | None] = [None] * len(events)
    for row in batch.rejected:
        found[row["index"]] = row["reason"]
    assert len(batch) == found.count(None)
    return found


def test_a_good_event_becomes_a_row_in_the_servers_own_terms() -> None:
    given_event = event()
    batch = check_batch([given_event], CAMERAS, NOW)
    moment = datetime(2026, 11, 22, 11, 15, 2, 123456, tzinfo=UTC)
    assert batch.micros == [(moment - POSTGRES_EPOCH) // timedelta(microseconds=1)]
    assert batch.camera_ids == [CAMERA.bytes]
    assert batch.event_ids == [UUID(given_event["event_id"]).bytes]
    assert (batch.directions, batch.tracker_ids, batch.rejected) == (["IN"], [17], [])


@pytest.mark.parametrize(
    "ts",
    [
        "2026-11-22T11:15:02Z",
        "2026-11-22T11:15:02.1Z",
        "2026-11-22T11:15:02.123456+00:00",
        "2026-11-22T16:45:02+05:30",
        "2026-11-22T00:15:02-11:00",
    ],
)
def test_a_moment_may_have_any_fraction_and_any_offset(ts: str) -> None:
    assert reasons(event(ts=ts)) == [None]


@pytest.mark.parametrize(
    "changes",
    [
        {"ts": "2026-11-22T11:15:02"},  # naive
        {"ts": "2026-12-31T23:59:60Z"},  # a leap second
        {"ts": "0000-01-01T00:00:00Z"},
        {"ts": "2026-02-30T00:00:00Z"},
        {"ts": "2026-11-22 11:15:02Z"},
        {"ts": "20261122T111502Z"},
        {"ts": "2026-11-22"},
        {"ts": "yesterday"},
        {"ts": ""},
        {"ts": 1763800000},
        {"ts": None},
        {"ts": ["2026-11-22T11:15:02Z"]},
        {"ts": "2026-11-22T11:15:02Z\n"},
        {"ts": "２０２６-11-22T11:15:02Z"},
        {"event_id": "1"},
        {"event_id": "g" * 36},
        {"event_id": "0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0"},
        {"event_id": "0b1f3a527c4d4e8f9a6b5c4d3e2f1a0b"},
        {"event_id": "{0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a}"},
        {"event_id": "0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a\u0000\u0000"},
        {"event_id": None},
        {"event_id": 7},
        {"event_id": {}},
        {"direction": "in"},
        {"direction": "SIDEWAYS"},
        {"direction": None},
        {"direction": ["IN"]},
        {"tracker_id": 2**63},
        {"tracker_id": -(2**63)},
        {"tracker_id": 10**400},
        {"tracker_id": 1.5},
        {"tracker_id": float("nan")},
        {"tracker_id": float("inf")},
        {"tracker_id": True},
        {"tracker_id": "17"},
        {"camera_id": "front door"},
        {"camera_id": None},
        {"camera_id": ["a"]},
        {"store_id": "mine"},
        {"store_id": 7},
        {"store_id": None},
    ],
)
def test_an_event_of_the_wrong_shape_is_malformed(changes: dict[str, Any]) -> None:
    assert reasons(event(**changes)) == ["malformed"]


@pytest.mark.parametrize("thing", [None, 7, "event", [], [1, 2], {}, True])
def test_what_is_no_event_at_all_is_malformed(thing: object) -> None:
    assert reasons(thing) == ["malformed"]


@pytest.mark.parametrize("member", ["event_id", "store_id", "camera_id", "direction", "ts"])
def test_a_missing_member_is_malformed(member: str) -> None:
    given_event = event()
    del given_event[member]
    assert reasons(given_event) == ["malformed"]


def test_the_tracker_may_be_left_out_or_null_and_other_members_are_not_looked_at() -> None:
    without = event()
    del without["tracker_id"]
    assert reasons(without, event(tracker_id=None), event(confidence=0.9)) == [None, None, None]


def test_a_camera_of_nobody_and_a_camera_of_another_store_get_the_same_answer() -> None:
    assert reasons(event(camera_id=str(uuid4())), event(store_id=str(uuid4()))) == ["unknown_camera"] * 2


def test_uuids_may_be_in_capitals() -> None:
    shouted = event(camera_id=str(CAMERA).upper(), store_id=str(STORE).upper())
    assert reasons(shouted) == [None]
    assert check_batch([shouted], CAMERAS, NOW).camera_ids == [CAMERA.bytes]


def test_an_archived_camera_may_still_hand_over_what_it_counted_before() -> None:
    before, after = NOW - timedelta(hours=2), NOW - timedelta(minutes=30)
    assert reasons(
        event(camera_id=str(GONE), ts=before.isoformat()), event(camera_id=str(GONE), ts=after.isoformat())
    ) == [None, "unknown_camera"]


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (NOW + timedelta(minutes=5), None),
        (NOW + timedelta(minutes=5, microseconds=1), "future_timestamp"),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "future_timestamp"),
        (NOW - timedelta(days=30), None),
        (NOW - timedelta(days=30, microseconds=1), "too_old"),
        (datetime(1, 1, 1, tzinfo=UTC), "too_old"),
    ],
)
def test_a_moment_is_taken_from_thirty_days_ago_to_five_minutes_ahead(moment: datetime, reason: str | None) -> None:
    assert reasons(event(ts=moment.isoformat())) == [reason]


@pytest.mark.parametrize("ts", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_moments_beyond_the_calendar_are_rejected_and_do_no_harm(ts: str) -> None:
    assert reasons(event(ts=ts))[0] in {"future_timestamp", "too_old", "malformed"}


def test_one_bad_event_never_blocks_the_others() -> None:
    assert reasons(event(), None, event(direction="?"), event()) == [None, "malformed", "malformed", None]


def test_a_rejected_row_repeats_the_event_id_when_there_is_one_of_sensible_length() -> None:
    batch = check_batch([event(event_id="short", ts=0), {"event_id": "x" * 65}, {"event_id": 7}, "x"], CAMERAS, NOW)
    assert [row["event_id"] for row in batch.rejected] == ["short", None, None, None]


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"{", b'{"events": [NaN', b"\xff\xfe{}", b"[" * 100_000, b'{"events": [' + b"9" * 5000 + b"]}"],
)
def test_a_body_that_is_not_json_is_a_bad_request(content: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_batch(content)


@pytest.mark.parametrize(
    "content", [b"[]", b"7", b"null", b"{}", b'{"events": null}', b'{"events": {}}', b'{"events": []}', b'"events"']
)
def test_an_envelope_of_another_shape_is_not_valid_and_says_where(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        parse_batch(content)
    assert refused.value.errors[0]["loc"][0] == "body"


def test_an_envelope_with_its_key_twice_is_not_valid() -> None:
    with pytest.raises(Invalid):
        parse_batch(b'{"events": [1], "events": [2]}')


def test_an_event_with_a_key_twice_is_malformed_and_the_others_are_stored() -> None:
    twice = json.dumps(event())[:-1] + ', "direction": "OUT"}'
    events = parse_batch(f'{{"events": [{json.dumps(event())}, {twice}]}}'.encode())
    assert reasons(*events) == [None, "malformed"]


def test_a_thousand_events_are_taken_and_one_more_is_too_large() -> None:
    assert len(parse_batch(json.dumps({"events": [1] * 1000}).encode())) == 1000
    with pytest.raises(TooLarge):
        parse_batch(json.dumps({"events": [1] * 1001}).encode())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)
members = st.sampled_from(["event_id", "store_id", "camera_id", "direction", "ts", "tracker_id"])


@settings(max_examples=4 * settings().max_examples)
@given(st.lists(st.one_of(json_values, st.builds(lambda name, value: event(**{name: value}), members, json_values))))
def test_whatever_comes_every_event_is_stored_or_rejected_once(events: list[Any]) -> None:
    batch = check_batch(events, CAMERAS, NOW)
    assert len(batch) + len(batch.rejected) == len(events)
    assert len({row["index"] for row in batch.rejected}) == len(batch.rejected)
    assert {len(column) for column in (batch.camera_ids, batch.event_ids, batch.directions, batch.tracker_ids)} == {
        len(batch)
    }


@settings(max_examples=2 * settings().max_examples)
@given(st.binary(max_size=200))
def test_whatever_bytes_come_the_answer_is_a_problem_of_ours(content: bytes) -> None:
    try:
        parse_batch(content)
    except (BadRequest, Invalid, TooLarge):
        return
