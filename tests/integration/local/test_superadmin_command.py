"""`metrica superadmin` on the database of DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from local import cli
from tests.docs_commands import page_command


@pytest.fixture(autouse=True)
def _no_superadmins(own_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", own_url)
    monkeypatch.setenv("METRICA_HOME", str(tmp_path))
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("DELETE FROM superadmins")


def test_the_list_contains_who_was_added_until_they_are_removed(
    own_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["superadmin", "list"]) == 0
    assert capsys.readouterr().out == "there are no superadmins: `metrica superadmin add EMAIL` adds one\n"
    command = page_command("docs/administrators.md", "metrica superadmin add ada@example.com")
    for email in ("One@Example.com", "two@example.com"):
        assert cli.main([email if word == "ada@example.com" else word for word in command[1:]]) == 0
        assert f"{email.lower()} is a superadmin from their next request on" in capsys.readouterr().out
    assert cli.main(["superadmin", "remove", "ONE@example.com"]) == 0
    capsys.readouterr()
    cli.main(["superadmin", "list"])
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("two@example.com  since 20")
    assert line.endswith("has not used the admin pages yet")
    with psycopg.connect(own_url, prepare_threshold=None) as connection:
        entries = connection.execute(
            "SELECT action, actor_id FROM audit_log WHERE subject_type = 'superadmin' ORDER BY id DESC LIMIT 3"
        ).fetchall()
    assert entries == [("superadmin.remove", None), ("superadmin.add", None), ("superadmin.add", None)]


def test_a_removal_says_where_what_they_made_is_listed(own_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    user_id = uuid4()
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("INSERT INTO superadmins (user_id, email) VALUES (%s, 'one@example.com')", [user_id])
    cli.main(["superadmin", "add", "two@example.com"])
    assert cli.main(["superadmin", "remove", "one@example.com"]) == 0
    assert f"GET /admin/worker-keys?created_by={user_id}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "one@example.com"], "This address already belongs to a superadmin."),
        (["remove", "one@example.com"], "This is the last superadmin; add another one first."),
        (["remove", "nobody@example.com"], "nobody@example.com is not a superadmin"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["superadmin", "add", "one@example.com"])
    assert cli.main(["superadmin", *arguments]) == 1
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"metrica: {message}")
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("email", ["me", "@example.com", "a b@example.com", "me@localhost"])
def test_what_is_no_address_is_a_usage_error(email: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["superadmin", "add", email])
    assert ended.value.code == 2
    assert "is not an e-mail address" in capsys.readouterr().err
