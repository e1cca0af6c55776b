"""`metrica migrate` and `metrica analyst` on the database of a running stack."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from local import cli
from local.stack.stack import Stack


@pytest.fixture(autouse=True)
def _environment(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("METRICA_HOME", str(stack.settings.home))
    for port in stack.settings.ports:
        monkeypatch.setenv(port.variable, str(port.number))


@pytest.fixture
def store_id(stack: Stack) -> str:
    """Return a new store."""
    with psycopg.connect(stack.urls.database, prepare_threshold=None) as connection:
        row = connection.execute(
            "insert into stores (id, name, timezone) values (%s, 'Corner shop', 'UTC') returning id",
            [uuid4()],
        ).fetchone()
    assert row is not None
    return str(row[0])


@pytest.fixture
def name() -> str:
    """Return an unused name of an analyst."""
    return f"a{uuid4().hex[:12]}"


def test_migrate_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate"]) == 0
    assert capsys.readouterr().out == "the database has the newest schema\n"


def test_a_new_analyst_gets_a_working_address(store_id: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["analyst", "grant", name, store_id]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{name} sees Corner shop ({store_id}) as analyst_")
    with psycopg.connect(lines[1], prepare_threshold=None) as connection:
        assert lines[0].endswith(f" as {connection.info.user}")
        assert connection.execute("select store_id::text from analytics.stores").fetchall() == [(store_id,)]


def test_the_list_names_analysts_with_their_stores_until_they_are_revoked(
    store_id: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["analyst", "grant", name, store_id])
    role = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    line = f"{name}  {role}  {store_id}  Corner shop"
    cli.main(["analyst", "list"])
    assert line in capsys.readouterr().out.splitlines()
    assert cli.main(["analyst", "revoke", name]) == 0
    assert capsys.readouterr().out == f"{name} has no store left and is deleted\n"
    cli.main(["analyst", "list"])
    assert line not in capsys.readouterr().out.splitlines()


def test_a_store_that_does_not_exist_is_reported_in_one_sentence(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(uuid4())
    assert cli.main(["analyst", "grant", name, missing]) == 1
    used, message = capsys.readouterr().err.splitlines()
    assert used.startswith("metrica: DATABASE_URL is not set: using the local stack in ")
    assert message.startswith(f"metrica: There is no store {missing}")


def test_an_unreachable_database_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("METRICA_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/metrica")
    assert cli.main(["migrate"]) == 1
    message = capsys.readouterr().err
    assert message.startswith("metrica: the database at DATABASE_URL cannot be reached: ")
    assert "secret" not in message
