"""The issuer's keys: fetched rarely, rotated, kept through an outage."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from functions.common.key_set import KeySet, KeysUnavailableError, UnknownKeyError, fetch_over_http, parse_keys
from tests.signing import Issuer, SigningKey


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Publisher:
    """What stands at the address of the keys, and how often it was asked."""

    def __init__(self) -> None:
        self.issuer = Issuer()
        self.asked = 0
        self.answer: Callable[[], bytes] = lambda: self.issuer.jwks

    def __call__(self, _url: str) -> bytes:
        self.asked += 1
        return self.answer()

    @property
    def kid(self) -> str:
        return self.issuer.keys[0].kid


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def keys(publisher: Publisher, clock: Clock) -> KeySet:
    return KeySet("http://keys.test", fetch=publisher, now=clock)


def _down() -> bytes:
    raise TimeoutError("no answer")


def test_keys_are_fetched_once_for_ten_minutes(keys: KeySet, publisher: Publisher, clock: Clock) -> None:
    for _ in range(50):
        keys.get_key(publisher.kid)
        clock.now += 10
    assert publisher.asked == 1
    clock.now += 101
    keys.get_key(publisher.kid)
    assert publisher.asked == 2


def test_a_new_key_is_found_when_a_token_first_names_it(keys: KeySet, publisher: Publisher, clock: Clock) -> None:
    keys.get_key(publisher.kid)
    publisher.issuer.keys.append(new := SigningKey())
    clock.now += 31
    assert keys.get_key(new.kid)


def test_a_withdrawn_key_stops_after_ten_minutes(keys: KeySet, publisher: Publisher, clock: Clock) -> None:
    old = publisher.kid
    keys.get_key(old)
    publisher.issuer.keys = [SigningKey()]
    clock.now += 599
    assert keys.get_key(old)
    clock.now += 2
    with pytest.raises(UnknownKeyError):
        keys.get_key(old)


def test_unknown_kids_do_not_hammer_the_issuer(keys: KeySet, publisher: Publisher, clock: Clock) -> None:
    keys.get_key(publisher.kid)
    for number in range(299):
        clock.now += 0.1
        with pytest.raises(UnknownKeyError):
            keys.get_key(f"unknown-{number}")
    assert publisher.asked == 1
    clock.now += 1
    for number in range(100):
        with pytest.raises(UnknownKeyError):
            keys.get_key(f"unknown-{number}")
    assert publisher.asked == 2


@pytest.mark.parametrize(
    "answer",
    [
        _down,
        lambda: b"",
        lambda: b"<html>502</html>",
        lambda: b"[]",
        lambda: b'{"keys": []}',
        lambda: b'{"keys": 7}',
        lambda: b'{"keys": [{"kid": "x", "kty": "oct", "k": "c2VjcmV0"}]}',
        lambda: b'{"keys": [{"kid": "x", "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}]}',
        lambda: b"[" * 50_000,
        lambda: b"\xff\xfe\x00",
    ],
)
def test_known_keys_go_on_while_the_issuer_is_down_or_answers_rubbish(
    keys: KeySet, publisher: Publisher, clock: Clock, answer: Callable[[], bytes]
) -> None:
    keys.get_key(publisher.kid)
    publisher.answer = answer
    for _ in range(120):
        clock.now += 10
        assert keys.get_key(publisher.kid)
    with pytest.raises(KeysUnavailableError):
        keys.get_key("unknown")
    # 20 minutes: nothing for the first ten, then once in 30 s.
    assert 15 <= publisher.asked <= 22


def test_an_outage_of_more_than_a_day_ends_the_trust(keys: KeySet, publisher: Publisher, clock: Clock) -> None:
    keys.get_key(publisher.kid)
    publisher.answer = _down
    clock.now += 86_401
    with pytest.raises(KeysUnavailableError):
        keys.get_key(publisher.kid)


def test_without_any_key_the_answer_is_that_it_cannot_be_checked(keys: KeySet, publisher: Publisher) -> None:
    publisher.answer = _down
    with pytest.raises(KeysUnavailableError):
        keys.get_key("any")


def test_requests_with_known_keys_do_not_wait_for_a_slow_fetch(
    keys: KeySet, publisher: Publisher, clock: Clock
) -> None:
    keys.get_key(publisher.kid)
    kid, may_answer, is_asked = publisher.kid, threading.Event(), threading.Event()

    def slow() -> bytes:
        is_asked.set()
        may_answer.wait(10)
        return publisher.issuer.jwks

    publisher.answer = slow
    clock.now += 601
    first = threading.Thread(target=keys.get_key, args=(kid,))
    first.start()
    assert is_asked.wait(10)
    assert keys.get_key(kid)  # would wait for ever otherwise: nobody has let the fetch go on
    may_answer.set()
    first.join(10)
    assert publisher.asked == 2


def test_keys_that_are_not_for_our_signatures_are_passed_over() -> None:
    good = SigningKey("good").public_jwk()
    private = {**SigningKey("leaked").public_jwk(), "d": "AAAA"}
    others = [
        {**good, "kid": "enc", "use": "enc"},
        {**good, "kid": "alg", "alg": "ES384"},
        {**good, "kid": 7},
        {"kty": "RSA", "kid": "rsa", "n": "AQAB", "e": "AQAB"},
        private,
        "rubbish",
        None,
    ]
    assert list(parse_keys(json.dumps({"keys": [*others, good]}).encode())) == ["good"]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/large")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * (100_000 if self.path == "/large" else 10))

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join(5)


def test_the_body_is_fetched(server: str) -> None:
    assert fetch_over_http(f"{server}/small") == b"x" * 10


@pytest.mark.parametrize("path", ["/moved", "/large"])
def test_redirects_and_large_bodies_are_refused(server: str, path: str) -> None:
    with pytest.raises((OSError, ValueError)):
        fetch_over_http(server + path)


def test_only_http_addresses_are_fetched() -> None:
    with pytest.raises(ValueError, match="neither http nor https"):
        fetch_over_http("file:///etc/passwd")
