from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from edge_worker.uplink.outcome import (
    Accepted,
    InvalidBatch,
    Outcome,
    PayloadTooLarge,
    RetryLater,
    WorkerRefused,
    outcome_of,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def outcome(status: int, body: object = None, *, sent: int = 3, **headers: str) -> Outcome:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return outcome_of(status, {name.replace("_", "-"): value for name, value in headers.items()}, content, sent, NOW)


def test_an_answer_that_accounts_for_every_event_accepts_the_batch() -> None:
    body = {"inserted": 1, "duplicates": 1, "rejected": [{"index": 2, "event_id": "x", "reason": "too_old"}]}
    assert outcome(200, body) == Accepted(1, 1, ((2, "too_old"),))


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome to the hotel's Wi-Fi</html>",
        {"inserted": 2, "duplicates": 0, "rejected": []},
        {"inserted": 4, "duplicates": -1, "rejected": []},
        {"inserted": 2, "duplicates": 0, "rejected": [{"index": 7, "reason": "too_old"}]},
        {"inserted": 3},
        [],
        None,
    ],
)
def test_an_answer_that_does_not_account_for_every_event_keeps_the_batch(body: object) -> None:
    assert isinstance(outcome(200, body), RetryLater)


def test_413_asks_for_fewer_events() -> None:
    assert outcome(413) == PayloadTooLarge()


def test_a_problem_of_the_envelope_carries_its_slug() -> None:
    assert outcome(422, {"type": "https://metrica.example/problems/invalid"}) == InvalidBatch("invalid")


def test_a_400_that_is_not_metricas_keeps_the_batch() -> None:
    assert isinstance(outcome(400, b"Bad Request (proxy)"), RetryLater)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_keeps_the_batch_and_tells_what_to_do(status: int) -> None:
    refused = outcome(status)
    assert isinstance(refused, WorkerRefused)
    assert "METRICA_WORKER_KEY" in refused.problem


@pytest.mark.parametrize("status", [301, 404, 408, 429, 500, 502, 503, 504])
def test_anything_else_is_tried_again_later(status: int) -> None:
    assert isinstance(outcome(status), RetryLater)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("-5", 0.0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90.0),
        ("soon", None),
        ("", None),
        ("9" * 400, 86400.0),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    later = outcome(503, retry_after=value)
    assert isinstance(later, RetryLater)
    assert later.retry_after_s == seconds
