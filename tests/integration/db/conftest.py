"""What the tests of migrations share: a database of an older version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade


@pytest.fixture
def old_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an embedded database at the revision that is the parameter."""
    with running(tmp_path_factory.mktemp("old-database") / "data", jobs_every_s=0, durable=False) as server:
        upgrade(server.url, request.param)
        yield server.url
