"""An edge box at ingest as it runs, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box, handler_for, make_box

Connection = psycopg.Connection[Any]


@pytest.fixture
def new_box(connection: Connection, database_url: str) -> Callable[[], Box]:
    handler = handler_for(database_url)
    return lambda: make_box(connection, handler)


@pytest.fixture
def box(new_box: Callable[[], Box]) -> Box:
    return new_box()
