"""The whole local stack for tests: real services on free ports, with a state folder of its own.

`tests/conftest.py` offers the fixture to all tests, and `tests/scheduling.py` puts those that use it on one worker of
pytest-xdist: a start takes some 15 s, so there is one stack per session. Tests create their own stores and users, and
leave every service running.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.errors import MissingToolError
from local.stack.ports import Ports
from local.stack.prerequisites import require_node
from local.stack.settings import StackSettings
from local.stack.stack import Stack
from tests.database import migrated_folder


def stack_settings(home: Path, database_url: str | None = None) -> StackSettings:
    """Return the settings of a stack on free ports."""
    return StackSettings(home=home.resolve(), ports=Ports.free(), database_url=database_url)


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
