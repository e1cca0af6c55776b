"""The demo from its first line to its last."""

from __future__ import annotations

import os
import sys
import webbrowser
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Final

from edge_worker.redaction import redact
from local.demo.console import Console, status_line
from local.demo.database import check_totals, configure_camera, summary_line, wait_for_totals
from local.demo.footage import Footage, choose_footage
from local.demo.occupancy import OccupancyPoller
from local.demo.options import DemoOptions
from local.demo.weights import INSTRUCTIONS, weights_available
from local.demo.worker import (
    SERVICE_NAME,
    WorkerSettings,
    WorkerStatus,
    deliver_outbox,
    edge_service,
    simulator_service,
)
from local.seed.demo_tenant import OWNER, ROME_STORE, SUPERADMIN, DemoCamera
from local.seed.seed import SeedResult, seed
from local.stack.settings import StackSettings
from local.stack.stack import Stack

_CAMERA, _SIMULATED_CAMERA = ROME_STORE.cameras
_STATUS_INTERVAL_S: Final = 1.0
_DELIVERY_TIMEOUT_S: Final = 90.0
_DELIVERY_TIMEOUT_AT_CTRL_C_S: Final = 10.0
_DATABASE_TIMEOUT_S: Final = 60.0


def run_demo(options: DemoOptions, settings: StackSettings, console: Console) -> None:
    """Start everything, count until told to stop, and check that the numbers agree.

    Args:
        options: What to count, and for how long.
        settings: Those of the stack.
        console: Where the progress is printed.

    Raises:
        TotalsMismatchError: Counted, stored and aggregated crossings differ.
        LocalError: The demo cannot start, found out before anything is started where possible.
    """
    footage = _choose_input(options, settings, console)
    camera = _SIMULATED_CAMERA if footage is None else _CAMERA
    summary: str | None = None
    with Stack.start(settings, report=console.print_line) as stack:
        started_at = monotonic()
        seeded = seed(stack.urls.database, stack.accounts, settings.home / "demo")
        console.print_line(
            f"demo tenant: {seeded.crossings} crossings of generated history added in {monotonic() - started_at:.1f} s"
        )
        configure_camera(stack.urls.database, ROME_STORE, camera, footage, settings.home / "demo")
        worker = _worker_settings(stack, seeded, camera)
        status = WorkerStatus(worker.status_file)
        status.delete_old_file()
        since = datetime.now(UTC)
        _print_addresses(stack, footage, console)
        if footage is None:
            stack.add_service(simulator_service(worker, status))
        else:
            console.print_line("edge: starting; the first start prepares the model, which may take a minute")
            stack.add_service(edge_service(worker, footage, options.model, status))
        run = _CountingRun(stack, worker, status, since, console)
        time_is_up = run.show_counts(options.seconds)
        summary = run.finish(_DELIVERY_TIMEOUT_S if time_is_up else _DELIVERY_TIMEOUT_AT_CTRL_C_S)
    if summary is not None:  # None: it was stopped before it counted
        console.print_line(summary)


def _choose_input(options: DemoOptions, settings: StackSettings, console: Console) -> Footage | None:
    """Return what is counted; None when there are no weights, so that crossings are simulated."""
    footage = None
    if options.video is not None:
        footage = choose_footage(options, settings.home / "clip")
    if not weights_available(options.model, console.print_line):
        console.print_line(f"weights: not found, so the crossings are SIMULATED; {INSTRUCTIONS}")
        return None
    return footage or choose_footage(options, settings.home / "clip")


def _worker_settings(stack: Stack, seeded: SeedResult, camera: DemoCamera) -> WorkerSettings:
    folder = stack.settings.edge_folder
    return WorkerSettings(
        api=stack.urls.api,
        key=seeded.worker_keys[ROME_STORE.id],
        camera_id=camera.id,
        outbox=folder / f"{camera.id}.db",
        status_file=folder / "status.json",
    )


def _print_addresses(stack: Stack, footage: Footage | None, console: Console) -> None:
    """Print URLs, logins and the camera; open the store's page when there is a desktop."""
    for name, value in (
        ("", ""),
        ("dashboard", stack.urls.dashboard),
        ("  sign in", f"{OWNER.email}   {OWNER.password}"),
        ("admin", stack.urls.admin),
        ("  sign in", f"{SUPERADMIN.email}   {SUPERADMIN.password}"),
        ("database", redact(stack.urls.database)),
        ("logs", str(stack.settings.log_folder)),
        ("camera", _describe_camera(footage)),
        ("", ""),
    ):
        console.print_line(f"  {name:<12}{value}".rstrip())
    if sys.stdout.isatty() and (sys.platform == "darwin" or os.environ.get("DISPLAY")):
        webbrowser.open(f"{stack.urls.dashboard}/stores/{ROME_STORE.id}")


def _describe_camera(footage: Footage | None) -> str:
    if footage is None:
        return f"SIMULATED crossings at {ROME_STORE.name} (there are no weights to count with)"
    known = "" if footage.known_crossings is None else f", {footage.known_crossings} labelled crossings per loop"
    return f"{footage.label} at {ROME_STORE.name}, line {footage.line} ({footage.anchor}{known})"


@dataclass(frozen=True, slots=True)
class _CountingRun:
    """A worker that has been running since `since`."""

    stack: Stack
    worker: WorkerSettings
    status: WorkerStatus
    since: datetime
    console: Console

    def show_counts(self, seconds: float | None) -> bool:
        """Show the counts until the time is up (return True) or a signal stops the demo (return False)."""
        urls = self.stack.urls
        poller = OccupancyPoller(urls.api, urls.auth, self.stack.keys.anon_key, OWNER, ROME_STORE.id)
        self.console.print_line(
            "counting until Ctrl-C" if seconds is None else f"counting for {seconds:g} s from the first frame"
        )
        first_frame_at: float | None = None
        try:
            with poller:
                while not self.stack.wait(_STATUS_INTERVAL_S):
                    counts = self.status.read()
                    if first_frame_at is None and counts.frames:
                        first_frame_at = monotonic()
                    elapsed_s = 0.0 if first_frame_at is None else monotonic() - first_frame_at
                    line = status_line(elapsed_s, counts, poller.occupancy, self.status.content)
                    self.console.update_status(line, elapsed_s)
                    if seconds is not None and elapsed_s >= seconds:
                        return True
        except KeyboardInterrupt:
            return False
        return False

    def finish(self, delivery_timeout_s: float) -> str:
        """Stop the worker, send what is left, compare the numbers, and return the last line."""
        self.stack.stop_service(SERVICE_NAME)
        counts = self.status.read()
        unsent = int(self.status.content.get("backlog", 0))
        if unsent:
            self.console.print_line(f"edge: sending {unsent} crossings that are still in the outbox")
            unsent = deliver_outbox(self.worker, delivery_timeout_s, sleep)
        totals = wait_for_totals(self.stack.urls.database, self.worker.camera_id, self.since, _DATABASE_TIMEOUT_S)
        check_totals(counts, totals, unsent)
        return summary_line(counts, totals)
