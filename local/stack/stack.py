"""The stack as a whole: start in order, watch, stop in reverse order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

from local.auth.accounts import Accounts
from local.auth.keys import AuthKeys, load_or_create
from local.errors import LocalError
from local.stack.bell import Bell
from local.stack.guarded import Guard
from local.stack.keeper import Keeper, Report, Surroundings
from local.stack.lock import FolderLock, running_on
from local.stack.migrations import migrate
from local.stack.part import Part
from local.stack.parts import PartCatalogue, Urls
from local.stack.ports import require_free
from local.stack.settings import Port, StackSettings
from local.stack.signals import StopSignals

_Result = TypeVar("_Result")


class Stack:
    """A running stack, to be used as a context manager; made by `Stack.start`.

    Ctrl-C, SIGTERM and SIGHUP end it: `wait` returns True then, and in the caller's own code KeyboardInterrupt is
    raised, which ends the `with` block quietly.

    Attributes:
        settings: what it was started with.
        urls: where everything is reached.
        keys: the API keys of the local auth.
        accounts: its users.
        environment: what the Lambdas are given.
    """

    def __init__(self, settings: StackSettings, report: Report, lock: FolderLock, keys: AuthKeys) -> None:
        self.settings = settings
        self.keys = keys
        self.urls = Urls.of(settings)
        self.accounts = Accounts.open(settings.auth_folder)
        self._catalogue = PartCatalogue(settings, self.urls, keys)
        self.environment: Mapping[str, str] = self._catalogue.lambda_environment()
        self._lock = lock
        self._bell = Bell()
        self._signals = StopSignals(self._on_signal)
        self._guard = Guard(lock.descriptor)
        self._report_mutex = Lock()
        self._report = report
        self._surroundings = Surroundings(
            settings.root, settings.log_folder, self._guard, self._report_in_turn, self._on_lost
        )
        self._keepers: dict[str, Keeper] = {}
        self._lost: LocalError | None = None
        self._stop_wanted = False
        self._in_caller = False

    @classmethod
    def start(cls, settings: StackSettings, report: Report = print, *, database_only: bool = False) -> Self:
        """Start every part in order, each once the one before serves; `database_only` stops after the migrations.

        `report` takes one line about each thing that happens, then and later, from several threads in turn.
        Raises LocalError with everything stopped again: what is missing, which port is taken and by whom, which part
        did not come up and why. Raises KeyboardInterrupt when stopped meanwhile.
        """
        keys = load_or_create(settings.auth_folder)
        PartCatalogue(settings, Urls.of(settings), keys).require_tools(database_only)
        ports = [port for port in settings.ports if _is_needed(port, settings, database_only)]
        neighbour = running_on(settings.home)
        if neighbour is not None:
            require_free(ports, neighbour)
        lock = FolderLock.acquire(settings.home)
        try:
            require_free(ports)
            stack = cls(settings, report, lock, keys)
        except BaseException:
            lock.release()
            raise
        stack._signals.install()
        try:
            stack._start_parts(database_only)
        except BaseException:
            stack.stop()
            raise
        stack._in_caller = True
        return stack

    def add(self, part: Part) -> None:
        """Start one more part and return once it serves; it is stopped before the others. Raises LocalError."""
        self._from_inside(lambda: self._add(part))

    def stop_part(self, name: str) -> None:
        """Stop one part and forget it."""
        self._from_inside(lambda: self._keepers.pop(name).stop())

    def part_exit(self, name: str) -> int | None:
        """The exit code of a part with `restart=False`; None while it runs."""
        return self._keepers[name].exit_code

    def part_pid(self, name: str) -> int | None:
        """The pid of a part, which changes when it is started again."""
        return self._keepers[name].pid

    def wait(self, timeout_s: float | None = None) -> bool:
        """Whether the stack was told to stop; returns as soon as it is, or after the timeout.

        Raises the LocalError that says why, once a part is given up.
        """
        return self._from_inside(lambda: self._wait(timeout_s))

    def supervise(self) -> None:
        """Wait until the stack is told to stop; raises LocalError once a part is given up."""
        while not self.wait():
            pass

    def stop(self) -> None:
        """Stop every part in reverse order, and clear away whatever they started. Signals wait until it is done."""
        self._in_caller = False
        try:
            for keeper in self._keepers.values():
                keeper.interrupt()
            while self._keepers:
                _, keeper = self._keepers.popitem()
                keeper.stop()
        finally:
            self._guard.close()
            self._signals.restore()
            self._bell.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.stop()
        return isinstance(error, KeyboardInterrupt) and self._stop_wanted

    def _start_parts(self, database_only: bool) -> None:
        if self.settings.database_url is None:
            self._add(self._catalogue.database())
        began = time.monotonic()
        migrate(self.urls.database)
        self._report_in_turn(f"migrations: done in {time.monotonic() - began:.1f} s")
        if database_only:
            return
        self._add(self._catalogue.auth())
        self._add(self._catalogue.s3())
        self._add(self._catalogue.lambdas())
        self._add(self._catalogue.page("dashboard"))
        self._add(self._catalogue.page("admin"))

    def _add(self, part: Part) -> None:
        if part.name in self._keepers:
            raise ValueError(f"there is a part {part.name} already")
        keeper = Keeper(part, self._surroundings)
        self._keepers[part.name] = keeper
        try:
            keeper.start()
        except BaseException:
            self._keepers.pop(part.name).stop()
            raise
        if self._stop_wanted:
            raise KeyboardInterrupt
        if self._lost is not None:
            raise self._lost

    def _wait(self, timeout_s: float | None) -> bool:
        if not self._stop_wanted and self._lost is None:
            self._bell.wait(timeout_s)
        if self._lost is not None:
            raise self._lost
        return self._stop_wanted

    def _from_inside(self, work: Callable[[], _Result]) -> _Result:
        """Run our own code with signals only noted, not raised."""
        self._in_caller = False
        try:
            return work()
        finally:
            self._in_caller = True

    def _on_signal(self) -> None:
        self._stop_wanted = True
        self._bell.ring()
        for keeper in list(self._keepers.values()):
            keeper.interrupt()
        if self._in_caller:
            raise KeyboardInterrupt

    def _on_lost(self, error: LocalError) -> None:
        self._lost = error
        self._bell.ring()

    def _report_in_turn(self, line: str) -> None:
        with self._report_mutex:
            self._report(line)


def _is_needed(port: Port, settings: StackSettings, database_only: bool) -> bool:
    if port.variable == "PORT_DB":
        return settings.database_url is None
    return not database_only
