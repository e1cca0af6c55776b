"""The database of the local stack for one command, whether the stack runs or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from local.errors import PartFailedError
from local.stack.lock import running_on
from local.stack.migrations import migrate
from local.stack.part import NotReady
from local.stack.parts import Urls
from local.stack.probes import postgres
from local.stack.settings import StackSettings
from local.stack.stack import Stack


@contextmanager
def migrated_database(settings: StackSettings) -> Iterator[str]:
    """The URL of a migrated database: `DATABASE_URL`, the one of the running stack, or one started for the occasion.

    Raises LocalError when it cannot be reached.
    """
    url = Urls.of(settings).database
    if settings.database_url is None and running_on(settings.home) is None:
        with Stack.start(settings, report=lambda _: None, database_only=True):
            yield url
        return
    try:
        postgres(url)()
    except NotReady as reason:
        place = "DATABASE_URL" if settings.database_url else f"PORT_DB={settings.ports.database}"
        raise PartFailedError(f"the database at {place} cannot be reached: {reason}") from reason
    migrate(url)
    yield url
