"""The results of a doctor as text and as JSON."""

from __future__ import annotations

from edge_worker.doctor.result import fail, format_results, ok, skip


def test_results_are_shown_one_per_line_with_the_hint_below() -> None:
    shown = format_results([ok("clock", "agrees"), fail("key", "refused", "create a new one")])
    assert shown.splitlines() == [
        "ok    clock         agrees",
        "fail  key           refused",
        f"{'':20}→ create a new one",
    ]


def test_the_column_of_the_names_has_the_given_width() -> None:
    shown = format_results([skip("values of secrets", "not read", "allow it")], name_width=18)
    assert shown.splitlines() == ["skip  values of secrets   not read", f"{'':26}→ allow it"]


def test_passwords_are_in_neither_form() -> None:
    result = fail("mail", "smtp://metrica:s3cret@mail.example.com refuses the login", "set MAIL_TRANSPORT")
    assert format_results([result]).splitlines()[0].endswith("smtp://metrica:***@mail.example.com refuses the login")
    assert result.to_json() == {
        "name": "mail",
        "verdict": "fail",
        "found": "smtp://metrica:***@mail.example.com refuses the login",
        "hint": "set MAIL_TRANSPORT",
    }
