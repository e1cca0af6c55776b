"""A command without DATABASE_URL says that it works on the local stack, and refuses where a deployment is described."""

from __future__ import annotations

import argparse
import socket
from pathlib import Path

import pytest

from local import cli

COMMANDS = {
    "migrate": ["migrate"],
    "seed": ["seed", "--weeks", "1"],
    "superadmin add": ["superadmin", "add", "you@example.com"],
    "superadmin remove": ["superadmin", "remove", "nobody@example.com"],
    "superadmin list": ["superadmin", "list"],
    "analyst grant": ["analyst", "grant", "ada", "1b4e28ba-2fa1-4d2b-9b3c-000000000001"],
    "analyst revoke": ["analyst", "revoke", "ada"],
    "analyst list": ["analyst", "list"],
    "backup": ["backup", "metrica.dump", "--programs", "/nonexistent"],
    "restore": ["restore", "metrica.dump", "--programs", "/nonexistent"],
    "erase person": ["erase", "person", "--email", "you@example.com"],
    "erase store": ["erase", "store", "--store", "1b4e28ba-2fa1-4d2b-9b3c-000000000001"],
}
"""Every command that works on a database. Some fail later, because there is nothing of that name."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for name in ("DATABASE_URL", "METRICA_ENV", "METRICA_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("METRICA_HOME", str(home))
    monkeypatch.setenv("PORT_DB", str(port))
    monkeypatch.chdir(home)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_that_it_works_on_the_local_stack(
    name: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(COMMANDS[name])
    said = capsys.readouterr().err
    assert said.splitlines()[0] == f"metrica: DATABASE_URL is not set: using the local stack in {home}"


@pytest.mark.parametrize("name", COMMANDS)
def test_in_the_environment_of_a_deployment_it_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("METRICA_HOME", str(tmp_path / "none"))
    for variable, value, remedy in (
        ("METRICA_URL", "https://metrica.example.com", "or use metrica-server"),
        ("METRICA_ENV", "production", "set DATABASE_URL to the database of the deployment"),
    ):
        monkeypatch.setenv(variable, value)
        assert cli.main(COMMANDS[name]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"metrica: DATABASE_URL is not set, but {variable} is {value}")
        assert remedy in said
    assert not (tmp_path / "none").exists()


def test_every_command_on_a_database_is_here() -> None:
    """By its help, each names DATABASE_URL as what it works on."""
    parser = cli.build_parser()
    (action,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    found = {
        name
        for name, subparser in action.choices.items()
        if "or else" in (subparser.description or "") and "DATABASE_URL" in (subparser.description or "")
    }
    assert {name.split()[0] for name in COMMANDS} == found
