"""`metrica-server backup` and `restore` move an installation to a new server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from db.timescale.embedded.launcher import running
from server.functions import FUNCTIONS
from server.keys import Keys
from tests.database import migrated_folder
from tests.docs_commands import page_command
from tests.factories import make_store
from tests.integration.db.test_backup import programs
from tests.integration.server.one_server import SECRET


def metrica_server(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of an installation with a hosted Supabase project and this database."""
    address = urlsplit(url)
    environ = {
        **os.environ,
        "METRICA_URL": "https://metrica.example.com",
        "METRICA_SECRET": SECRET,
        "DATABASE_ADDRESS": f"{address.hostname}:{address.port}",
        "DATABASE_NAME": "postgres",
        "SUPABASE_URL": "https://abc.supabase.co",
        "SUPABASE_ANON_KEY": "public",
        "SUPABASE_SERVICE_ROLE_KEY": "s" * 40,
    }
    command = [sys.executable, "-m", "server", *words, "--programs", str(programs())]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def in_folder(command: list[str], folder: Path) -> list[str]:
    """Return the words of a command of `tools`, with its folder of backups replaced."""
    assert command[:5] == ["docker", "compose", "run", "--rm", "tools"]
    return [str(folder / "backup") if word.startswith("/backups/") else word for word in command[5:] if word != "+%F)"]


def test_a_new_server_has_the_data_and_the_logins(tmp_path: Path) -> None:
    shutil.copytree(migrated_folder(), tmp_path / "old")
    with running(tmp_path / "old", jobs_every_s=0, durable=False) as old:
        with psycopg.connect(old.url, autocommit=True, prepare_threshold=None) as connection:
            store_id = make_store(connection)
        backup = page_command("docs/server.md", "docker compose run --rm tools backup /backups/$(date +%F)")
        made = metrica_server(old.url, *in_folder(backup, tmp_path))
        assert (made.returncode, made.stderr) == (0, "")
        assert [file.name for file in (tmp_path / "backup").iterdir()] == ["metrica.dump"]

    with running(tmp_path / "new", jobs_every_s=0, durable=False) as new:
        restore = page_command("docs/server.md", "docker compose run --rm tools restore /backups/2026-11-27")
        done = metrica_server(new.url, *in_folder(restore, tmp_path))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "restored; each function has its login\n"
        address = urlsplit(new.url)
        for function in FUNCTIONS:
            login = f"{function.login}:{Keys(SECRET).password(function.name)}"
            with psycopg.connect(f"postgresql://{login}@{address.hostname}:{address.port}/postgres?sslmode=disable"):
                pass
        with psycopg.connect(new.url, autocommit=True, prepare_threshold=None) as connection:
            assert connection.execute("SELECT count(*) FROM stores WHERE id = %s", [store_id]).fetchone() == (1,)
        again = metrica_server(new.url, "restore", str(tmp_path / "backup"))
        assert (again.returncode, "the database is not empty" in again.stderr) == (1, True)
