"""Splitting the migrations' SQL files into statements."""

from __future__ import annotations

import pytest

from db.timescale.migrations.sql import FOLDER, split_statements


def test_each_statement_ends_with_a_semicolon_at_the_end_of_a_line() -> None:
    assert split_statements("SELECT 1;\n\n-- why\nSELECT\n  2;\n") == ["SELECT 1;", "SELECT\n  2;"]


def test_a_body_between_dollar_signs_is_one_statement() -> None:
    body = "CREATE FUNCTION f() AS $$\nBEGIN\n  x := 1;\n  -- kept\nEND\n$$;"
    assert split_statements(body + "\nSELECT 1;") == [body, "SELECT 1;"]


def test_a_statement_without_an_end_is_an_error() -> None:
    with pytest.raises(ValueError, match="without an end"):
        split_statements("SELECT 1")


def test_every_file_can_be_split() -> None:
    for path in FOLDER.glob("*.sql"):
        assert split_statements(path.read_text())
