"""Requests, responses and routing of API Gateway HTTP API events."""

from __future__ import annotations

import gzip
import json
import struct
import tracemalloc
import zlib
from base64 import b64encode
from typing import Any

import pytest

from functions.common.problems import BadRequest, MethodNotAllowed, NotFound, Problem, TooLarge, UnsupportedMedia
from functions.ingest.http_api import Request, Response, Router, format_response, parse_event, problem_response


def event(**changes: Any) -> dict[str, Any]:
    return {
        "requestContext": {"http": {"method": "POST", "path": "/events"}},
        "rawPath": "/events",
        "headers": {"Content-Type": "application/json", "X-Worker-Key": "mk_x"},
        "body": "{}",
        "isBase64Encoded": False,
        **changes,
    }


def gzipped(content: bytes, encoding: str = "gzip") -> Request:
    return Request("POST", "/events", {"content-encoding": encoding}, gzip.compress(content))


def test_header_names_are_lower_case_and_the_body_is_bytes() -> None:
    request = parse_event(event())
    assert (request.method, request.path, request.body) == ("POST", "/events", b"{}")
    assert request.headers["x-worker-key"] == "mk_x"


def test_a_base64_body_is_decoded() -> None:
    assert parse_event(event(body=b64encode(b"\xff\x00").decode(), isBase64Encoded=True)).body == b"\xff\x00"


@pytest.mark.parametrize("body", ["not base64!", "A", "é"])
def test_a_body_that_is_not_the_base64_it_is_said_to_be_is_a_bad_request(body: str) -> None:
    with pytest.raises(BadRequest):
        parse_event(event(body=body, isBase64Encoded=True))


def test_a_missing_body_is_empty() -> None:
    assert parse_event(event(body=None)).body == b""


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", " gzip "])
def test_gzip_is_unpacked(encoding: str) -> None:
    assert gzipped(b"hello", encoding).content(100) == b"hello"


def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() -> None:
    assert len(gzipped(b"x" * 1000).content(1000)) == 1000
    with pytest.raises(TooLarge):
        gzipped(b"x" * 1001).content(1000)
    with pytest.raises(TooLarge):
        Request("POST", "/", {}, b"x" * 1001).content(1000)


def test_a_gzip_bomb_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    part = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # 300 parts alike, and an end whose checksum nobody reads: to compress and sum up 300 MiB takes a second.
    bomb = gzip.compress(b"")[:10] + 300 * part + packer.flush() + struct.pack("<LL", 0, 300 << 20)
    request = Request("POST", "/events", {"content-encoding": "gzip"}, bomb)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        request.content(1 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(bomb) < 1 << 20
    assert peak < 4 << 20  # of 300 MiB


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(b"{}")[:-4],
        gzip.compress(b"{}")[:2],
        gzip.compress(b"{}") + b"more",
        gzip.compress(b"{}") * 2,
    ],
    ids=["cut short", "only the first bytes", "text behind it", "a second member"],
)
def test_gzip_that_is_broken_or_goes_on_behind_its_end_is_a_bad_request(body: bytes) -> None:
    with pytest.raises(BadRequest):
        Request("POST", "/events", {"content-encoding": "gzip"}, body).content(1000)


@pytest.mark.parametrize("body", [b'{"events": []}', b"", zlib.compress(b"{}")], ids=["JSON", "empty", "zlib"])
def test_a_body_that_does_not_begin_like_gzip_is_taken_as_it_is(body: bytes) -> None:
    assert Request("POST", "/events", {"content-encoding": "gzip"}, body).content(1000) == body


def test_gzip_is_unpacked_when_a_proxy_has_dropped_the_header() -> None:
    assert Request("POST", "/events", {}, gzip.compress(b"{}")).content(1000) == b"{}"


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd", "x"])
def test_other_encodings_are_not_taken(encoding: str) -> None:
    with pytest.raises(UnsupportedMedia):
        gzipped(b"{}", encoding).content(1000)


def test_a_response_is_json_with_security_headers() -> None:
    answer = format_response(Response(200, {"a": 1}))
    assert json.loads(answer["body"]) == {"a": 1}
    assert answer["headers"]["Content-Type"] == "application/json"
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"
    assert answer["headers"]["Cache-Control"] == "no-store"


def test_a_problem_becomes_a_problem_json_response_with_its_headers() -> None:
    problem: Problem = MethodNotAllowed(headers={"Allow": "POST"})
    answer = format_response(problem_response(problem))
    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "POST")
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert json.loads(answer["body"])["type"] == "method_not_allowed"


ROUTER = Router(
    {
        ("POST", "/events"): lambda _request: Response(200, "events"),
        ("GET", "/cameras/{camera_id}/config"): lambda request: Response(200, request.parameters["camera_id"]),
        ("PUT", "/cameras/{camera_id}/config"): lambda _request: Response(200, "put"),
    }
)


def ask(method: str, path: str) -> object:
    return ROUTER(Request(method, path, {}, b"")).body


def test_a_path_reaches_its_endpoint_with_its_parameters() -> None:
    assert ask("POST", "/events") == "events"
    assert ask("GET", "/cameras/7/config") == "7"


@pytest.mark.parametrize("path", ["/", "", "/event", "/events/", "/events/1", "//events", "/cameras//x", "/cameras/7"])
def test_another_path_is_not_found(path: str) -> None:
    with pytest.raises(NotFound):
        ask("POST", path)


def test_another_method_gets_405_with_the_allowed_methods() -> None:
    with pytest.raises(MethodNotAllowed) as refused:
        ask("DELETE", "/cameras/7/config")
    assert refused.value.headers["Allow"] == "GET, PUT"
