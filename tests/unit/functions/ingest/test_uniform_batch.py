"""The fast check gives the batch that the check of event after event gives, or leaves the body to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.event_batch import StoreCameras, check_batch, parse_batch
from functions.ingest.uniform_batch import check_uniform_batch

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORE = UUID("0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b")
CAMERA = UUID("11111111-2222-4333-8444-abcdefabcdef")
ARCHIVED = UUID("99999999-2222-4333-8444-abcdefabcdef")
CAMERAS = StoreCameras(STORE, {str(CAMERA): None, str(ARCHIVED): NOW - timedelta(hours=1)})
PLAIN = {
    "event_id": "5e9d4f2c-1111-4222-8333-123456789abc",
    "store_id": str(STORE),
    "camera_id": str(CAMERA),
    "direction": "IN",
    "ts": "2026-11-22T11:15:02.123456Z",
    "tracker_id": 17,
}


def encode(*events: Mapping[str, Any]) -> bytes:
    return json.dumps({"events": events}).encode()


def test_what_edge_workers_send_is_checked_fast() -> None:
    events = [{**PLAIN, "event_id": str(uuid4()), "direction": direction} for direction in ("IN", "OUT", "IN")]
    batch = check_uniform_batch(encode(*events), CAMERAS, NOW)
    assert batch is not None
    assert batch == check_batch(events, CAMERAS, NOW)
    assert len(batch) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"event_id": "5e9d4f2c11114222-8333-1234-56789abc--"},
        {"event_id": "5e9d4f2c-1111-4222-8333-12345678 abc"},
        {"event_id": "5e9d4f2c-1111-4222-8333-123456789abcd"},
        {"store_id": str(CAMERA)},
        {"camera_id": "44e67c6d-dd90-4c0d-a1cd-9788da08047f"},
        {"direction": "in"},
        {"direction": "O\\u0055T"},
        {"ts": "2026-11-22 11:15:02Z"},
        {"ts": "2026-11-22T11:15:02"},
        {"ts": "20261122"},
        {"ts": (NOW + timedelta(minutes=5, microseconds=1)).isoformat()},
        {"ts": (NOW - timedelta(days=30, microseconds=1)).isoformat()},
        {"camera_id": str(ARCHIVED)},
        {"tracker_id": None},
        {"tracker_id": True},
        {"tracker_id": 1.0},
        {"tracker_id": 2**63},
        {"tracker_id": -(2**63)},
        {"tracker_id": "17"},
        {"tracker_id": ["a"]},
        {"note": 1},
    ],
    ids=str,
)
def test_another_event_leaves_the_body_to_the_check_of_each(change: Mapping[str, Any]) -> None:
    changed = encode(PLAIN, {**PLAIN, **change})
    assert check_uniform_batch(changed, CAMERAS, NOW) is None
    assert check_uniform_batch(changed.replace(b"\\\\", b"\\"), CAMERAS, NOW) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"events": []}',
        b'{"events": [1]}',
        b'{"events": null}',
        b'{"events": ' + b"[" * 100_000,
        encode(PLAIN)[:-1] + b', "more": 1}',
        encode(PLAIN)[:-1] + b', "events": []}',
        b'{"events": [], ' + encode(PLAIN)[1:],
        encode(PLAIN).replace(b'"ts"', b'"tracker_id": 1, "ts"'),
        encode(PLAIN).replace(b'"IN"', b'"OUT", "direction": "IN"'),
        encode(PLAIN).replace(b"17", b"\xff"),
        encode(*[PLAIN] * 1001),
    ],
    ids=lambda content: content[:40].decode(errors="replace"),
)
def test_another_body_is_left_to_the_strict_parser(content: bytes) -> None:
    assert check_uniform_batch(content, CAMERAS, NOW) is None


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=4),
    st.just({"a": "b"}),
    st.just(["c"]),
)
moments = st.builds(
    lambda seconds, ending: f"{NOW - timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}{ending}",
    st.integers(-600, 31 * 86_400),
    st.sampled_from(["Z", "+05:30", ".1234567Z", ""]),
)
key_values = st.one_of(
    st.tuples(st.just("ts"), moments),
    st.tuples(st.just("direction"), st.sampled_from(["IN", "OUT", "in"])),
    st.tuples(st.just("tracker_id"), st.integers(-(2**63), 2**63)),
    st.tuples(st.just("event_id"), st.uuids().map(str)),
    st.tuples(st.just("camera_id"), st.sampled_from([str(CAMERA), str(ARCHIVED), str(CAMERA).upper()])),
    st.tuples(st.sampled_from([*PLAIN, "note", "\\u0074s"]), values),
)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A body whose events have changed, added, repeated, missing and escaped keys, and odd values."""
    texts = []
    for _ in range(draw(st.integers(1, 4))):
        replaces = draw(st.booleans())
        changes = draw(st.lists(key_values, max_size=2))
        pairs = list({**PLAIN, **dict(changes)}.items()) if replaces else [*PLAIN.items(), *changes]
        missing = draw(st.lists(st.integers(0, len(pairs) - 1), max_size=1)) if draw(st.integers(0, 3)) == 0 else []
        kept = [pair for index, pair in enumerate(pairs) if index not in missing]
        texts.append("{" + ", ".join(f'"{key}": {json.dumps(value)}' for key, value in kept) + "}")
    rest = draw(st.sampled_from(["", "", "", ', "more": 1', ', "more": "text"', ', "a": [{"b": 1, "b": 2}]']))
    return f'{{"events": [{", ".join(texts)}]{rest}}}'.encode()


@given(bodies())
def test_both_checks_give_the_same_batch(content: bytes) -> None:
    batch = check_uniform_batch(content, CAMERAS, NOW)
    note("uniform" if batch else "other")
    if batch is not None:
        assert batch == check_batch(parse_batch(content), CAMERAS, NOW)
