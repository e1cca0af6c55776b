"""Requests become events as of API Gateway, and answers become responses."""

from __future__ import annotations

import asyncio
import threading
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from server.lambda_gateway import MAX_BODY_BYTES, LambdaGateway


def echo(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Return the event's parts in headers and its body as it was sent."""
    http = event["requestContext"]["http"]
    return {
        "statusCode": 201,
        "headers": {
            "X-Method": http["method"],
            "X-Path": event["rawPath"],
            "X-Query": event["rawQueryString"],
            "X-Several": event["headers"].get("x-several", ""),
            "Content-Type": "image/jpeg",
        },
        "body": event["body"],
        "isBase64Encoded": True,
    }


def test_method_path_query_headers_and_a_binary_body_reach_the_handler() -> None:
    body = bytes(range(256))
    client = TestClient(LambdaGateway([echo]))
    answer = client.request(
        "PUT", "/cameras/7/snapshot?a=1&b=2", content=body, headers=[("X-Several", "one"), ("X-Several", "two")]
    )
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (201, body, "image/jpeg")
    assert (answer.headers["x-method"], answer.headers["x-path"]) == ("PUT", "/cameras/7/snapshot")
    assert (answer.headers["x-query"], answer.headers["x-several"]) == ("a=1&b=2", "one,two")


def test_a_text_body_is_sent_as_it_is() -> None:
    client = TestClient(LambdaGateway([lambda _event, _context: {"statusCode": 200, "body": "ÄÖ"}]))
    assert client.get("/").content == "ÄÖ".encode()


def test_a_handler_that_raises_is_an_error_without_a_reason_and_serves_the_next_request() -> None:
    calls = []

    def fail_once(_event: Mapping[str, Any], _context: object) -> dict[str, Any]:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("hunter2")
        return {"statusCode": 200, "body": "ok"}

    client = TestClient(LambdaGateway([fail_once]))
    failed = client.get("/")
    assert (failed.status_code, "hunter2" in failed.text) == (500, False)
    assert client.get("/").text == "ok"


@pytest.mark.parametrize("length", [MAX_BODY_BYTES, MAX_BODY_BYTES + 1])
def test_a_body_over_the_limit_of_api_gateway_is_refused(length: int) -> None:
    answer = TestClient(LambdaGateway([echo])).post("/events", content=b"x" * length)
    assert answer.status_code == (201 if length <= MAX_BODY_BYTES else 413)


def test_a_handler_serves_one_request_at_a_time_and_several_serve_several() -> None:
    busy, most, lock = set[int](), [0], threading.Lock()
    both = threading.Barrier(2, timeout=10)

    def make(number: int) -> Any:
        def handler(_event: Mapping[str, Any], _context: object) -> dict[str, Any]:
            with lock:
                assert number not in busy
                busy.add(number)
                most[0] = max(most[0], len(busy))
            both.wait()
            with lock:
                busy.discard(number)
            return {"statusCode": 200, "body": b64encode(b"ok").decode(), "isBase64Encoded": True}

        return handler

    async def request_four_times() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=LambdaGateway([make(1), make(2)]))
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            return await asyncio.gather(*(client.get("/") for _ in range(4)))

    answers = asyncio.run(request_four_times())
    assert [answer.text for answer in answers] == ["ok"] * 4
    assert most == [2]
