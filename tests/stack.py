"""The whole local stack for tests: real parts on free ports, with a state folder of their own.

Offered to all tests by `tests/conftest.py`, which also puts those that use it on one pytest-xdist worker: starting
takes some 15 s, so there is one per session. They make their own stores and users, and leave every part running.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from local.errors import MissingToolError
from local.stack import Stack, StackSettings
from local.stack.toolchain import require_node


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running stack; its log files are named when it does not start."""
    try:
        require_node()
    except MissingToolError as error:
        pytest.skip(str(error))
    home = tmp_path_factory.mktemp("metrica")
    with Stack.start(StackSettings.for_test(home)) as running:
        yield running
    shutil.rmtree(home / "db")
