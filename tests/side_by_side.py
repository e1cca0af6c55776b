"""Brings things that happen at the same moment into one order: each waits at a lock that the test holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg

T = TypeVar("T")
PATIENCE_S = 10.0

_BLOCKED = """
WITH RECURSIVE blocked (pid) AS (
  SELECT pid FROM pg_stat_activity WHERE %(holder)s = ANY (pg_blocking_pids(pid))
  UNION
  SELECT a.pid FROM pg_stat_activity a JOIN blocked b ON b.pid = ANY (pg_blocking_pids(a.pid))
) SELECT pid FROM blocked
"""


class Crossroads:
    """A transaction of the test's that others run into."""

    def __init__(self, holder: psycopg.Connection[Any], watcher: psycopg.Connection[Any], pool: ThreadPoolExecutor):
        self._holder, self._watcher, self._pool = holder, watcher, pool
        self._started: list[Future[Any]] = []

    def run(self, work: Callable[[], T]) -> Future[T]:
        """Start `work` on a thread."""
        return self._pool.submit(work)

    def start(self, work: Callable[[], T]) -> Future[T]:
        """Start `work` on a thread; returns when it waits, behind all that were started before."""
        future = self.run(work)
        self._started.append(future)
        self.wait_until(len(self._started))
        return future

    def waiting(self) -> list[int]:
        """The backends that wait for the test, or for one another."""
        rows = self._watcher.execute(_BLOCKED, {"holder": self._holder.info.backend_pid}).fetchall()
        return [row[0] for row in rows]

    def wait_until(self, count: int, *, besides: Sequence[int] = ()) -> None:
        """Return when so many backends wait; those named do not count."""

        def enough() -> bool:
            done = [future for future in self._started if future.done()]
            assert not done, f"it did not wait: {done[0].result()}"
            return len(set(self.waiting()) - set(besides)) >= count

        self.wait_for(enough)

    def wait_for(self, happened: Callable[[], bool]) -> None:
        """Ask again and again, for at most `PATIENCE_S`."""
        give_up_at = time.monotonic() + PATIENCE_S
        while not happened():
            assert time.monotonic() < give_up_at, f"it did not happen; {len(self.waiting())} wait"

    def end_backend(self, pid: int) -> None:
        """As an administrator would, or a server that goes down."""
        self._watcher.execute("SELECT pg_terminate_backend(%s)", [pid])

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> None:
        """Do more in the transaction that they wait for."""
        self._holder.execute(statement.encode(), parameters)

    def end(self) -> None:
        """Close the test's session: what it holds beyond its transaction is free, too."""
        self._holder.close()

    def open(self, *, commit: bool = False) -> None:
        """Let them go on."""
        self._holder.commit() if commit else self._holder.rollback()


@contextmanager
def crossroads(url: str, statement: str, parameters: Sequence[object] = ()) -> Iterator[Crossroads]:
    """Holds the locks that `statement` takes until `open()` is called."""
    with (
        psycopg.connect(url) as holder,
        psycopg.connect(url, autocommit=True) as watcher,
        ThreadPoolExecutor(8) as pool,
    ):
        holder.execute(statement.encode(), parameters)
        try:
            yield Crossroads(holder, watcher, pool)
        finally:
            if not holder.closed:
                holder.rollback()
