"""The search of logs finds what it is for."""

from __future__ import annotations

import pytest

from tests.log_search import PATTERNS, find_secrets


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("an e-mail address", "invited ada@example.org"),
        ("a worker key", "key mk_AbCdEfGhIjKl refused"),
        ("an access token", "Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.x"),
        ("a password in a URL", "postgresql://metrica_api:hunter2@127.0.0.1/metrica"),
        ("the token of a link", "GET /stores/5f0c8f9e/wall/ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo"),
        ("the token of a link", "https://example.org/invite?token_hash=0123456789abcdef0123456789"),
    ],
)
def test_each_pattern_finds_its_kind(what: str, line: str) -> None:
    assert ("a log", what) in find_secrets({"a log": line}, {})
    assert what in PATTERNS


def test_a_known_secret_is_found_and_a_line_without_one_is_not() -> None:
    logs = {"a": "GET /stores/{store_id}/wall/{token} 200", "b": "the secret hunter2"}
    assert find_secrets(logs, {"password": "hunter2"}) == [("b", "password")]
