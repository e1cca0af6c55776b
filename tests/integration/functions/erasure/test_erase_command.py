"""`erase person` and `erase store`, with a real sign-in service over HTTP, a database and a folder of snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import boto3
import psycopg
import pytest

from functions.common.snapshot_folder import SnapshotFolder
from functions.erasure.store_snapshots import SnapshotsUnavailableError, delete_store_snapshots
from functions.ingest.snapshots import snapshot_key
from local import cli
from local.auth.accounts import Accounts
from local.auth.app import create_app
from local.auth.service import AuthService
from tests.docs_commands import page_command
from tests.factories import make_camera, make_member, make_store
from tests.integration.local.serving import served
from tests.shop import PASSWORD


@dataclass(frozen=True)
class Installation:
    connection: psycopg.Connection[Any]
    accounts: Accounts
    snapshots: SnapshotFolder


@pytest.fixture
def installation(own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    folder = tmp_path / "auth"
    folder.mkdir()

    def make(address: str) -> Any:
        services.append(AuthService.open(folder, public_url=address, site_url="http://127.0.0.1:1"))
        return create_app(services[-1])

    services: list[AuthService] = []
    with served(make) as auth, psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as connection:
        monkeypatch.setenv("METRICA_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("DATABASE_URL", own_url)
        monkeypatch.setenv("SUPABASE_URL", auth)
        monkeypatch.setenv("SUPABASE_SERVICE_ROLE_KEY", services[-1].keys.service_role_key)
        monkeypatch.setenv("SNAPSHOT_BUCKET", f"file://{tmp_path / 'snapshots'}")
        yield Installation(connection, Accounts.open(folder), SnapshotFolder(tmp_path / "snapshots"))


def test_a_person_is_shown_first_and_erased_with_the_account_on_demand(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    email = f"ada-{uuid4().hex[:8]}@example.org"
    account = installation.accounts.ensure(email, password=PASSWORD)
    other = installation.accounts.ensure(f"other-{email}", password=PASSWORD)
    store_id = make_store(installation.connection, name="Corner shop")
    member = make_member(installation.connection, store_id)
    installation.connection.execute("UPDATE users SET email = %s WHERE id = %s", [email, member])
    [preview, erasure] = (
        [email.upper() if word == "ada@example.org" else word for word in command[1:]]
        for command in (
            page_command("docs/privacy.md", "metrica erase person --email ada@example.org"),
            page_command("docs/privacy.md", "metrica erase person --email ada@example.org --execute"),
        )
    )
    assert cli.main(preview) == 0
    shown = capsys.readouterr().out
    assert "would be removed:" in shown
    assert "accounts of the sign-in service" in shown
    assert "nobody would own the store 'Corner shop'" in shown
    assert "--execute" in shown
    assert installation.accounts.by_email(email) is not None

    assert cli.main(erasure) == 0
    assert "removed:\n" in capsys.readouterr().out
    assert installation.accounts.by_id(account.id) is None
    assert installation.accounts.by_id(other.id) is not None
    left = installation.connection.execute("SELECT FROM users WHERE email = %s", [email]).fetchall()
    assert left == []
    assert cli.main(erasure) == 0
    assert capsys.readouterr().out == f"nothing has the address {email}\n"


def test_nothing_is_erased_while_the_sign_in_service_refuses(
    installation: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    email = f"ada-{uuid4().hex[:8]}@example.org"
    member = make_member(installation.connection, make_store(installation.connection))
    installation.connection.execute("UPDATE users SET email = %s WHERE id = %s", [email, member])
    for name, value, message in (
        ("SUPABASE_SERVICE_ROLE_KEY", "wrong-key", "SUPABASE_SERVICE_ROLE_KEY"),
        ("SUPABASE_URL", "http://127.0.0.1:9", "does not answer"),
    ):
        monkeypatch.setenv(name, value)
        assert cli.main(["erase", "person", "--email", email, "--execute"]) == 1
        error = capsys.readouterr().err
        assert message in error
        assert "wrong-key" not in error
    monkeypatch.delenv("SUPABASE_URL")
    assert cli.main(["erase", "person", "--email", email, "--execute"]) == 1
    assert "set SUPABASE_URL too" in capsys.readouterr().err
    assert installation.connection.execute("SELECT id FROM users WHERE email = %s", [email]).fetchall() == [(member,)]


def test_a_store_is_erased_with_its_snapshots_and_no_others(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, neighbour = make_store(installation.connection), make_store(installation.connection)
    keys = {}
    for store_id in (mine, neighbour):
        camera_id = make_camera(installation.connection, store_id)
        keys[store_id] = [snapshot_key(store_id, camera_id, datetime.now(UTC)) for _ in range(2)]
        for key in keys[store_id]:
            installation.snapshots.write(key, b"jpeg")
    on_page = "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11"
    [preview, erasure] = (
        [str(mine) if word == on_page else word for word in command[1:]]
        for command in (
            page_command("docs/privacy.md", "metrica erase store --store 5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11"),
            page_command(
                "docs/privacy.md", "metrica erase store --store 5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11 --execute"
            ),
        )
    )
    assert cli.main(erasure) == 1
    assert "Archive it in the admin pages first" in capsys.readouterr().err
    installation.connection.execute("UPDATE stores SET archived_at = now() - interval '1 h' WHERE id = %s", [mine])
    assert cli.main(preview) == 0
    assert "snapshots                                2" in capsys.readouterr().out
    assert installation.snapshots.path(keys[mine][0]) is not None
    assert cli.main(erasure) == 0
    assert [installation.snapshots.path(key) for key in keys[mine]] == [None, None]
    assert all(installation.snapshots.path(key) for key in keys[neighbour])


@pytest.mark.parametrize(
    "arguments",
    [["person", "--email", "ada"], ["person", "--email", '"a"@x.org'], ["store", "--store", "1"], ["store"]],
)
def test_what_is_no_address_and_no_id_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["erase", *arguments])
    assert end.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_without_a_database_and_a_stack_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICA_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert cli.main(["erase", "person", "--email", "ada@example.org"]) == 1
    assert "start it with `metrica up`" in capsys.readouterr().err


def test_the_snapshots_in_a_bucket_are_deleted(storage: str) -> None:
    mine, neighbour = uuid4(), uuid4()
    for store_id in (mine, mine, neighbour):
        key = snapshot_key(store_id, uuid4(), datetime.now(UTC))
        boto3.client("s3").put_object(Bucket=storage, Key=key, Body=b"jpeg")
    assert delete_store_snapshots(storage, mine, execute=False) == 2
    assert delete_store_snapshots(storage, mine, execute=True) == 2
    assert delete_store_snapshots(storage, mine, execute=True) == 0
    assert delete_store_snapshots(storage, neighbour, execute=False) == 1
    with pytest.raises(SnapshotsUnavailableError, match="no-such-bucket"):
        delete_store_snapshots("no-such-bucket", UUID(int=1), execute=True)
