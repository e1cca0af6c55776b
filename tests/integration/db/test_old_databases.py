"""A database of another version of Metrica: each command that migrates says in one sentence what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.timescale.embedded.launcher import running
from local import cli
from local.errors import MigrationError
from local.stack.stack import Stack
from tests.database import at_revision, migrated_folder, own_database
from tests.stack import stack_settings

OLD = "0011"


@pytest.fixture(scope="module")
def old_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a database at a revision of before the first release."""
    with own_database(tmp_path_factory.mktemp("old")) as url, at_revision(url, OLD):
        yield url


@pytest.mark.parametrize(
    "command",
    [["migrate"], ["analyst", "list"], ["analyst", "grant", "ada", "5e0f7f0a-0000-4000-8000-000000000001"]],
    ids=" ".join,
)
def test_a_command_on_an_old_database_is_one_sentence(
    command: list[str],
    old_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("METRICA_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", old_url)
    assert cli.main(command) == 1
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"metrica: The database is at revision {OLD}, which this version of Metrica cannot")
    assert "use an empty database" in complaint
    assert complaint.count("\n") == 1


@pytest.mark.slow
def test_the_local_stack_does_not_start_on_an_old_database(tmp_path: Path) -> None:
    settings = stack_settings(tmp_path)
    shutil.copytree(migrated_folder(), settings.database_folder)
    with running(settings.database_folder, jobs_every_s=0) as server:
        change = at_revision(server.url, OLD)
        change.__enter__()  # and never back
    with (
        pytest.raises(MigrationError, match=f"at revision {OLD}, .* delete the folder .metrica/db"),
        Stack.start(settings, report=lambda _: None, database_only=True),
    ):
        pass
