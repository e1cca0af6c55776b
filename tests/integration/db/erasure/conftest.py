"""A database of the module's own: an erasure removes superadmins and old crossings, and a dump reads every table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

Connection = psycopg.Connection[Any]


@pytest.fixture
def connection(own_url: str) -> Iterator[Connection]:
    with psycopg.connect(own_url, autocommit=True, prepare_threshold=None) as opened:
        opened.execute("INSERT INTO superadmins (email) VALUES (%s)", [f"other-{uuid4().hex}@example.org"])
        yield opened
