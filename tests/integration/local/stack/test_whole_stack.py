"""The whole stack, as `metrica up` runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from db.timescale import migrate
from local.stack import Ports, Stack
from local.stack.guard import alive

PASSWORD = "correct horse battery"


def sign_in(stack: Stack, email: str) -> dict[str, Any]:
    answer = httpx.post(
        f"{stack.urls.auth}/auth/v1/token?grant_type=password",
        json={"email": email, "password": PASSWORD},
        headers={"apikey": stack.keys.anon_key},
    )
    answer.raise_for_status()
    session: dict[str, Any] = answer.json()
    return session


def test_every_part_answers(stack: Stack) -> None:
    assert httpx.get(f"{stack.urls.api}/healthz", timeout=30).json()["database"] == "ok"
    for page in (stack.urls.dashboard, stack.urls.admin):
        assert "<html" in httpx.get(page).text
        assert httpx.get(f"{page}/config.json").json()["apiUrl"] == stack.urls.api
    assert httpx.get(f"{stack.urls.auth}/auth/v1/.well-known/jwks.json").status_code == 200


def test_the_database_has_the_newest_schema(stack: Stack) -> None:
    assert migrate.current(stack.urls.database) == migrate.head()


def test_a_user_of_the_local_auth_is_a_user_of_the_api(stack: Stack) -> None:
    email = f"{uuid4().hex}@example.com"
    account = stack.accounts.ensure(email, password=PASSWORD, role="superadmin")
    token = sign_in(stack, email)["access_token"]
    me = httpx.get(f"{stack.urls.api}/me", headers={"Authorization": f"Bearer {token}"}, timeout=30).json()
    assert (me["user_id"], me["email"], me["is_superadmin"]) == (account.id, email, True)


@pytest.mark.parametrize("page", ["dashboard", "admin"])
def test_both_pages_may_ask_the_api_and_others_may_not(stack: Stack, page: str) -> None:
    ours = {"dashboard": stack.urls.dashboard, "admin": stack.urls.admin}[page]
    for origin, allowed in ((ours, ours), ("http://127.0.0.1:1", None), ("https://evil.example", None)):
        answer = httpx.get(f"{stack.urls.api}/healthz", headers={"Origin": origin}, timeout=30)
        assert answer.headers.get("access-control-allow-origin") == allowed


class Up:
    """`metrica up` as a person starts it."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.cli", "up"],
            env=os.environ | environment | {"METRICA_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_for(self, words: str) -> str:
        """What it says up to the line with these words."""
        assert self._process.stdout is not None
        said = ""
        for line in self._process.stdout:
            said += line
            if words in line:
                return said
        raise AssertionError(f"it ended without {words!r}: {said} {self.end()[2]}")

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def end(self) -> tuple[int, str, str]:
        """Exit code, the rest of stdout, stderr."""
        out, err = self._process.communicate(timeout=60)
        return self._process.returncode, out, err


def port_variables(ports: Ports) -> dict[str, str]:
    return {port.variable: str(port.number) for port in ports}


@pytest.fixture
def second_ports() -> dict[str, str]:
    """Free ports for one more stack."""
    return port_variables(Ports.free())


@pytest.fixture
def ended(tmp_path: Path) -> Iterator[list[Up]]:
    """Ends what a failing test left running."""
    started: list[Up] = []
    yield started
    for up in started:
        if alive(up.pid):
            up.send(signal.SIGTERM)
            up.end()


def test_a_second_stack_beside_a_running_one_says_which_port_is_taken_and_by_what(stack: Stack) -> None:
    up = Up(stack.settings.home, port_variables(stack.settings.ports))
    code, _, complaint = up.end()
    assert code == 1
    assert complaint.startswith(f"metrica: port {stack.settings.ports.api} (API) is taken by pid ")
    assert f"pid {os.getpid()} " in complaint
    assert complaint.count("\n") == 1


def test_a_second_stack_on_the_same_folder_is_refused(stack: Stack, second_ports: dict[str, str]) -> None:
    code, _, complaint = Up(stack.settings.home, second_ports).end()
    assert code == 1
    assert complaint.startswith(f"metrica: a stack is already running on {stack.settings.home}, by pid {os.getpid()} ")


def test_a_taken_port_stops_it_before_anything_is_started(
    stack: Stack, second_ports: dict[str, str], tmp_path: Path
) -> None:
    taken = str(stack.settings.ports.dashboard)
    code, out, complaint = Up(tmp_path / "home", second_ports | {"PORT_DASHBOARD": taken}).end()
    assert (code, out) == (1, "")
    assert complaint.startswith(f"metrica: port {taken} (dashboard) is taken by pid ")
    assert "stop it or set PORT_DASHBOARD=" in complaint
    assert not (tmp_path / "home" / "db").exists()


def test_a_stack_starts_in_order_and_stops_at_ctrl_c_without_leaving_anything(
    stack: Stack, second_ports: dict[str, str], tmp_path: Path, ended: list[Up]
) -> None:
    # With a database that exists already: DATABASE_URL is honoured, and no embedded one is started.
    up = Up(tmp_path, second_ports | {"DATABASE_URL": stack.urls.database})
    ended.append(up)
    said = up.wait_for("Ctrl-C stops it")
    order = [line.partition(":")[0] for line in said.splitlines() if ": ready in" in line or ": done in" in line]
    assert order == ["migrations", "auth", "s3", "lambdas", "dashboard", "admin"]
    descendants = _descendants(up.pid)
    assert len(descendants) >= 6
    up.send(signal.SIGINT)
    code, _, complaint = up.end()
    assert (code, complaint) == (0, "")
    assert [pid for pid in descendants if alive(pid)] == []


def test_a_signal_while_it_starts_stops_what_has_started(
    stack: Stack, second_ports: dict[str, str], tmp_path: Path, ended: list[Up]
) -> None:
    up = Up(tmp_path, second_ports | {"DATABASE_URL": stack.urls.database})
    ended.append(up)
    up.wait_for("auth: ready")
    descendants = _descendants(up.pid)
    up.send(signal.SIGTERM)
    code, said, complaint = up.end()
    assert (code, complaint) == (130, "")
    assert "admin: ready" not in said
    assert [pid for pid in descendants if alive(pid)] == []


def test_a_database_that_cannot_be_reached_is_one_sentence(second_ports: dict[str, str], tmp_path: Path) -> None:
    url = f"postgresql://nobody:secret@127.0.0.1:{second_ports['PORT_DB']}/metrica"
    code, _, complaint = Up(tmp_path, second_ports | {"DATABASE_URL": url}).end()
    assert code == 1
    assert complaint.count("\n") == 1
    assert "onnection refused" in complaint
    assert "secret" not in complaint


def test_a_data_folder_of_something_else_is_one_sentence_that_says_so(
    second_ports: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "PG_VERSION").write_text("17\n")
    code, out, complaint = Up(tmp_path, second_ports).end()
    assert (code, out) == (1, "")
    assert complaint.startswith("metrica: database ended before it was ready: exit code 4; its last words: ")
    assert f"{tmp_path}/db is not an embedded data folder" in complaint
    assert complaint.count("\n") == 1


def _descendants(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]
