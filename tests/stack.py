"""The whole local stack for tests: real services on free ports, with a state folder of its own.

`tests/conftest.py` offers the fixture to all tests, and `tests/scheduling.py` puts those that use it on one worker of
pytest-xdist: a start takes some 15 s, so there is one stack per session. Tests create their own stores and users, and
leave every service running.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

import pytest

from local.errors import MissingToolError
from local.stack.ports import HOST, Ports
from local.stack.prerequisites import require_node
from local.stack.settings import StackSettings
from local.stack.stack import Stack
from tests.database import migrated_folder

# Below the ports that the system gives to outgoing connections.
_PORT_RANGE = range(12_000, 32_000)


def free_ports() -> Ports:
    """Return ports that no process listens on."""
    with ExitStack() as listeners:
        numbers: list[int] = []
        while len(numbers) < len(fields(Ports)):
            number = secrets.choice(_PORT_RANGE)
            with contextlib.suppress(OSError):
                listener = listeners.enter_context(socket.socket())
                listener.bind((HOST, number))
                numbers.append(number)
    return Ports(*numbers)


def stack_settings(home: Path, database_url: str | None = None) -> StackSettings:
    """Return the settings of a stack on free ports."""
    return StackSettings(home=home.resolve(), ports=free_ports(), database_url=database_url)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Yield the running stack; the error names its log files when it does not start."""
    try:
        require_node()
    except MissingToolError as error:
        pytest.skip(str(error))
    home = tmp_path_factory.mktemp("metrica")
    settings = stack_settings(home)
    shutil.copytree(migrated_folder(), settings.database_folder)  # creating and migrating it takes longer than a start
    with Stack.start(settings) as running:
        yield running
    shutil.rmtree(home / "db")
