"""The whole stack, as `metrica up` runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
import pytest

from db.timescale import migrate
from local.stack.ports import Ports
from local.stack.processes import is_running
from local.stack.stack import Stack
from tests.log_search import find_secrets
from tests.shop import PASSWORD, Shop, create_superadmin


def sign_in(stack: Stack, email: str) -> dict[str, Any]:
    answer = httpx.post(
        f"{stack.urls.auth}/auth/v1/token?grant_type=password",
        json={"email": email, "password": PASSWORD},
        headers={"apikey": stack.keys.anon_key},
    )
    answer.raise_for_status()
    session: dict[str, Any] = answer.json()
    return session


def test_every_service_answers(stack: Stack) -> None:
    assert httpx.get(f"{stack.urls.api}/healthz", timeout=30).json()["database"] == "ok"
    for page in (stack.urls.dashboard, stack.urls.admin):
        assert "<html" in httpx.get(page).text
        assert httpx.get(f"{page}/config.json").json()["apiUrl"] == stack.urls.api
    assert httpx.get(f"{stack.urls.auth}/auth/v1/.well-known/jwks.json").status_code == 200


def test_the_database_has_the_newest_schema(stack: Stack) -> None:
    assert migrate.current(stack.urls.database) == migrate.head()


def test_a_user_of_the_local_auth_is_a_user_of_the_api(stack: Stack) -> None:
    email = create_superadmin(stack)
    account = stack.accounts.ensure(email, password=PASSWORD)
    token = sign_in(stack, email)["access_token"]
    me = httpx.get(f"{stack.urls.api}/me", headers={"Authorization": f"Bearer {token}"}, timeout=30).json()
    assert (me["user_id"], me["email"], me["is_superadmin"]) == (account.id, email, True)


@pytest.mark.parametrize("page", ["dashboard", "admin"])
def test_the_api_allows_the_origins_of_both_pages_only(stack: Stack, page: str) -> None:
    ours = {"dashboard": stack.urls.dashboard, "admin": stack.urls.admin}[page]
    for origin, allowed in ((ours, ours), ("http://127.0.0.1:1", None), ("https://evil.example", None)):
        answer = httpx.get(f"{stack.urls.api}/healthz", headers={"Origin": origin}, timeout=30)
        assert answer.headers.get("access-control-allow-origin") == allowed


def test_no_log_has_an_address_a_password_or_the_token_of_a_mail(stack: Stack) -> None:
    invited = f"invited-{uuid4().hex[:8]}@example.org"
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot")
    assert shop.invite(invited)["mail_sent"] is True
    mails = [path.read_text() for path in (stack.settings.auth_folder / "outbox").glob("*.eml")]
    (token,) = {found for mail in mails if invited in mail for found in re.findall(r"token_hash=(\w+)", mail)}
    logs = {path.name: path for path in stack.settings.log_folder.glob("*.log")}
    assert {"auth.log", "lambdas.log", "mail.log"} <= logs.keys()
    for name, path in logs.items():
        assert path.stat().st_mode & 0o077 == 0, name
    texts = {name: path.read_text(errors="replace") for name, path in logs.items()}
    secrets = {"address": invited, "token": token, "password": PASSWORD, "worker key": shop.worker_key}
    assert find_secrets(texts, secrets) == []
    assert "invite mail to account " in logs["auth.log"].read_text()


class Up:
    """`metrica up` in a process of its own."""

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

    def wait_for(self, text: str) -> str:
        """Return the output up to the line with this text."""
        assert self._process.stdout is not None
        output = ""
        for line in self._process.stdout:
            output += line
            if text in line:
                return output
        raise AssertionError(f"it ended without {text!r}: {output} {self.end()[2]}")

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def end(self) -> tuple[int, str, str]:
        """Wait for the end; return the exit code, the rest of stdout, and stderr."""
        out, err = self._process.communicate(timeout=60)
        return self._process.returncode, out, err


def port_variables(ports: Ports) -> dict[str, str]:
    return {port.variable: str(port.number) for port in ports}


@pytest.fixture
def second_ports() -> dict[str, str]:
    """Return free ports for a second stack."""
    return port_variables(Ports.free())


@pytest.fixture
def ended(tmp_path: Path) -> Iterator[list[Up]]:
    """Stop what a failing test left running."""
    started: list[Up] = []
    yield started
    for up in started:
        if is_running(up.pid):
            up.send(signal.SIGTERM)
            up.end()


def test_a_second_stack_reports_which_port_is_taken_and_by_what(stack: Stack) -> None:
    up = Up(stack.settings.home, port_variables(stack.settings.ports))
    code, _, message = up.end()
    assert code == 1
    assert message.startswith(f"metrica: port {stack.settings.ports.api} (API) is taken by pid ")
    assert f"pid {os.getpid()} " in message
    assert message.count("\n") == 1


def test_a_second_stack_on_the_same_folder_is_refused(stack: Stack, second_ports: dict[str, str]) -> None:
    code, _, message = Up(stack.settings.home, second_ports).end()
    assert code == 1
    assert message.startswith(f"metrica: a stack is already running on {stack.settings.home}, by pid {os.getpid()} ")


def test_a_taken_port_is_reported_before_anything_is_started(
    stack: Stack, second_ports: dict[str, str], tmp_path: Path
) -> None:
    taken = str(stack.settings.ports.dashboard)
    code, out, message = Up(tmp_path / "home", second_ports | {"PORT_DASHBOARD": taken}).end()
    assert (code, out) == (1, "")
    assert message.startswith(f"metrica: port {taken} (dashboard) is taken by pid ")
    assert "stop it or set PORT_DASHBOARD=" in message
    assert not (tmp_path / "home" / "db").exists()


def test_a_stack_starts_in_order_and_stops_at_ctrl_c_without_leaving_anything(
    stack: Stack, second_ports: dict[str, str], tmp_path: Path, ended: list[Up]
) -> None:
    # With DATABASE_URL no embedded database is started.
    up = Up(tmp_path, second_ports | {"DATABASE_URL": stack.urls.database})
    ended.append(up)
    output = up.wait_for("Ctrl-C stops it")
    order = [line.partition(":")[0] for line in output.splitlines() if ": ready in" in line or ": done in" in line]
    assert order == ["migrations", "auth", "s3", "mail", "lambdas", "dashboard", "admin"]
    descendants = _descendants(up.pid)
    assert len(descendants) >= 6
    up.send(signal.SIGINT)
    code, _, message = up.end()
    assert (code, message) == (0, "")
    assert [pid for pid in descendants if is_running(pid)] == []


def test_a_signal_during_the_start_stops_the_services_that_have_started(
    stack: Stack, second_ports: dict[str, str], tmp_path: Path, ended: list[Up]
) -> None:
    up = Up(tmp_path, second_ports | {"DATABASE_URL": stack.urls.database})
    ended.append(up)
    up.wait_for("auth: ready")
    descendants = _descendants(up.pid)
    up.send(signal.SIGTERM)
    code, output, message = up.end()
    assert (code, message) == (130, "")
    assert "admin: ready" not in output
    assert [pid for pid in descendants if is_running(pid)] == []


def test_an_unreachable_database_is_reported_in_one_sentence(second_ports: dict[str, str], tmp_path: Path) -> None:
    url = f"postgresql://nobody:secret@127.0.0.1:{second_ports['PORT_DB']}/metrica"
    code, _, message = Up(tmp_path, second_ports | {"DATABASE_URL": url}).end()
    assert code == 1
    assert message.count("\n") == 1
    assert "onnection refused" in message
    assert "secret" not in message


def test_a_foreign_data_folder_is_reported_in_one_sentence(second_ports: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "PG_VERSION").write_text("17\n")
    code, out, message = Up(tmp_path, second_ports).end()
    assert (code, out) == (1, "")
    assert message.startswith("metrica: database ended before it was ready: exit code 4; last log line: ")
    assert f"{tmp_path}/db is not an embedded data folder" in message
    assert message.count("\n") == 1


def _descendants(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]
