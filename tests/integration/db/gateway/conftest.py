"""An embedded server for a module, and its clients."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from db.timescale.embedded.launcher import EmbeddedServer, start
from tests.database import migrated_folder

Connect = Callable[..., "psycopg.Connection[Any]"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """Yield a server for this module, with a short limit of idle transactions."""
    data = tmp_path_factory.mktemp("gateway") / "data"
    shutil.copytree(migrated_folder(), data)
    started = start(data, idle_in_transaction_s=1.0, jobs_every_s=0, durable=False)
    yield started
    started.stop()


@pytest.fixture
def connect(server: EmbeddedServer) -> Iterator[Connect]:
    opened: list[psycopg.Connection[Any]] = []

    def connect(**options: Any) -> psycopg.Connection[Any]:
        opened.append(psycopg.connect(server.url, **{"autocommit": True, "prepare_threshold": None, **options}))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def read_value(connection: psycopg.Connection[Any], statement: str, parameters: list[Any] | None = None) -> Any:
    row = connection.execute(statement.encode(), parameters).fetchone()
    assert row is not None
    return row[0]
