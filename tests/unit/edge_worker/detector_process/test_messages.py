from __future__ import annotations

import socket
from collections.abc import Iterator

import numpy as np
import pytest

from edge_worker.detection.detector import Detections
from edge_worker.detector_process.messages import (
    Acceptance,
    DetectionReply,
    DetectionRequest,
    Refusal,
    SourceRequest,
    decode_answer,
    encode_answer,
)

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    first, second = socket.socketpair()
    with first, second:
        yield first, second


def test_a_source_asks_for_its_model() -> None:
    request = SourceRequest("front door", (480, 640), None, "auto")
    assert SourceRequest.decode(request.encode()) == request


@pytest.mark.parametrize(
    "answer",
    [
        Acceptance(3, (480, 640), "openvino", "yolo26n", "cpu", "bf16", "yolo26n on openvino"),
        Refusal("no model file at x.xml", 1),
    ],
)
def test_an_answer_arrives_as_it_was_sent(answer: Acceptance | Refusal) -> None:
    assert decode_answer(encode_answer(answer)) == answer


def test_a_request_arrives_as_it_was_sent(pair: Pair) -> None:
    request = DetectionRequest(2, (1080, 1920))
    pair[0].sendall(request.encode())
    assert DetectionRequest.receive(pair[1]) == request


@pytest.mark.parametrize("people", [0, 1, 300])
def test_detections_arrive_as_they_were_sent(pair: Pair, people: int) -> None:
    rng = np.random.default_rng(people)
    found = Detections(rng.random((people, 4), np.float32) * 1000, rng.random(people, np.float32))
    pair[0].sendall(DetectionReply(1, found).encode())
    reply = DetectionReply.receive(pair[1])
    assert reply is not None
    assert (reply.slot, reply.problem) == (1, "")
    assert np.array_equal(reply.detections.boxes, found.boxes)
    assert np.array_equal(reply.detections.scores, found.scores)


def test_a_problem_of_the_model_arrives_shortened(pair: Pair) -> None:
    pair[0].sendall(DetectionReply(0, Detections.none(), "ö" * 9000).encode())
    reply = DetectionReply.receive(pair[1])
    assert reply is not None
    assert reply.problem == "ö" * 500


def test_a_connection_that_ends_in_the_middle_of_a_message_has_no_message(pair: Pair) -> None:
    found = Detections(np.ones((5, 4), np.float32), np.ones(5, np.float32))
    pair[0].sendall(DetectionReply(0, found).encode()[:-1])
    pair[0].shutdown(socket.SHUT_WR)
    assert DetectionReply.receive(pair[1]) is None
    assert DetectionReply.receive(pair[1]) is None
