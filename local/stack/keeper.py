"""Keeps one part running: starts it, waits until it serves, starts it again when it dies."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TypeAlias

from local.errors import LocalError, PartFailedError
from local.stack.deaths import LIMIT, WINDOW_S, Deaths
from local.stack.guarded import Guard
from local.stack.logs import LogFile
from local.stack.part import NotReady, Part
from local.stack.run import Run

Report: TypeAlias = Callable[[str], None]

_LOG_LOOK_S = 60.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.02, 0.25


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What keepers share.

    Attributes:
        root: the working directory of the parts.
        report: takes one line about what happened, from any thread.
        lost: takes the error when a part is given up, from any thread.
    """

    root: Path
    log_folder: Path
    guard: Guard
    report: Report
    lost: Callable[[LocalError], None]


class Keeper:
    """One part, from `start` to `stop`."""

    def __init__(self, part: Part, surroundings: Surroundings) -> None:
        self.part = part
        self._around = surroundings
        self._log = LogFile(surroundings.log_folder / f"{part.name}.log")
        self._stopping = Event()
        self._deaths = Deaths()
        self._run: Run | None = None
        self._thread: Thread | None = None

    @property
    def pid(self) -> int | None:
        """Of the running program."""
        return None if self._run is None else self._run.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; for parts that may end by themselves."""
        return None if self._run is None else self._run.exit_code

    def start(self) -> None:
        """Start the part and return once it serves; raises PartFailedError or MissingToolError."""
        self._start_once()
        self._thread = Thread(target=self._watch, name=f"keeper of {self.part.name}", daemon=True)
        self._thread.start()

    def interrupt(self) -> None:
        """Let a `start` in another thread, or a waiting restart, give up."""
        self._stopping.set()

    def stop(self) -> None:
        """End the part and everything it started."""
        self._stopping.set()
        run = self._run
        if run is not None:
            run.stop()
        if self._thread is not None:
            self._thread.join()
        # A restart may have slipped in between: the thread has ended now, so this is the last run.
        if self._run is not None:
            self._run.stop()
            self._around.guard.remove(self._run.pid)

    def _start_once(self) -> None:
        began = time.monotonic()
        run = Run(self.part, self._log, self._around.root)
        self._run = run
        self._around.guard.add(run.pid)
        self._await_ready(run, began + self.part.ready_within_s)
        if not self._stopping.is_set():
            self._around.report(f"{self.part.name}: ready in {time.monotonic() - began:.1f} s")

    def _await_ready(self, run: Run, deadline: float) -> None:
        probe = self.part.ready
        pause = _FIRST_PAUSE_S
        while probe is not None and not self._stopping.is_set():
            try:
                probe()
            except NotReady as reason:
                seen = reason
            else:
                if run.exit_code is None:
                    return
            if run.exit_code is not None:
                raise PartFailedError(
                    f"{self.part.name} ended before it was ready: {run.obituary()} ({self._log.path})"
                )
            if time.monotonic() > deadline:
                raise PartFailedError(
                    f"{self.part.name} was not ready within {self.part.ready_within_s:g} s: {seen} ({self._log.path})"
                )
            self._stopping.wait(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_S)

    def _watch(self) -> None:
        try:
            while self._run is not None and not self._stopping.is_set():
                run = self._run
                while not run.wait(_LOG_LOOK_S):
                    self._log.trim()
                if self._stopping.is_set():
                    return
                if not self.part.restart:
                    self._bury(run)
                    return
                self._revive(f"died: {run.obituary()}")
        except LocalError as error:
            self._around.lost(error)
        except Exception as error:  # noqa: BLE001 a full disk, a closed terminal: whatever it is, nobody watches any more
            why = f"{type(error).__name__}: {error}"
            self._around.lost(PartFailedError(f"{self.part.name} cannot be watched any more: {why}"))

    def _revive(self, why: str) -> None:
        """Start anew until it serves; raises PartFailedError when that is hopeless, which being killed never is."""
        while not self._stopping.is_set():
            # SIGKILL comes from outside (somebody, or the kernel for want of memory): it says nothing about the part.
            was_killed = self._run is not None and self._run.exit_code == -signal.SIGKILL
            if self._run is not None:
                self._run.stop()
                self._bury(self._run)
            self._deaths = self._deaths.with_one_at(time.monotonic())
            if self._deaths.hopeless and not was_killed:
                raise PartFailedError(
                    f"{self.part.name} failed {LIMIT} times within {WINDOW_S:.0f} s; the last time it {why} "
                    f"({self._log.path})"
                )
            delay = self._deaths.delay_s
            self._around.report(f"{self.part.name}: {why}; starting it again in {delay:.2g} s")
            if self._stopping.wait(delay):
                return
            try:
                self._start_once()
            except PartFailedError as error:
                why = f"did not come back: {error}"
            else:
                return

    def _bury(self, run: Run) -> None:
        run.clear()
        self._around.guard.remove(run.pid)
