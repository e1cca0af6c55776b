"""The id of a request: which ids of callers are taken, and who sees it."""

from __future__ import annotations

import threading
from contextvars import copy_context
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.common.request_id import choose_request_id, current_request_id, handling, with_run_id
from functions.common.sql_comment import CommentingCursor


@given(st.uuids())
def test_a_uuid_in_lower_case_is_taken(sent: UUID) -> None:
    assert choose_request_id(str(sent)) == str(sent)


@given(st.text())
def test_anything_else_is_replaced_by_a_new_id(sent: str) -> None:
    chosen = choose_request_id(sent)
    assert str(UUID(chosen)) == chosen
    assert chosen != sent


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "5F0C8F9E-0A3B-4B6E-9A53-6C2F1D0E7A11",
        "{5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11}",
        "5f0c8f9e0a3b4b6e9a536c2f1d0e7a11",
        "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11\n",
        "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11*/ DROP TABLE stores; --",
        "５f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11",
    ],
)
def test_nothing_that_could_end_a_comment_or_a_line_is_taken(sent: str | None) -> None:
    chosen = choose_request_id(sent)
    assert chosen != sent
    assert UUID(chosen)


def test_the_id_ends_with_its_block_and_goes_into_threads_with_the_context() -> None:
    seen: list[str | None] = []
    with handling("outer"):
        with handling("inner"):
            thread = threading.Thread(target=copy_context().run, args=(lambda: seen.append(current_request_id()),))
            thread.start()
            thread.join()
        seen.append(current_request_id())
    assert [*seen, current_request_id()] == ["inner", "outer", None]


def test_a_run_has_the_id_that_lambda_gave_it() -> None:
    @with_run_id
    def handler(_event: dict[str, object], _context: object) -> str | None:
        return current_request_id()

    request_id = str(uuid4())
    assert handler({}, SimpleNamespace(aws_request_id=request_id)) == request_id
    made = handler({}, None)
    assert made is not None
    assert UUID(made)


def test_a_cursor_is_that_of_psycopg() -> None:
    assert CommentingCursor.fetchall.__module__.startswith("psycopg")
