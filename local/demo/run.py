"""The demo from its first line to its last."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Final

from edge_worker.redaction import redact
from local.demo.console import Console, status_line
from local.demo.database import check_totals, configure_cameras, summary_line, wait_for_totals
from local.demo.footage import Footage, choose_footage
from local.demo.occupancy import OccupancyPoller
from local.demo.options import DemoOptions
from local.demo.weights import INSTRUCTIONS, weights_available
from local.demo.worker import CountingCamera, DemoBox, WorkerCounts, deliver_outbox
from local.seed.demo_tenant import OWNER, STORES, SUPERADMIN, DemoCamera, DemoStore
from local.seed.seed import SeedResult, seed
from local.stack.settings import StackSettings
from local.stack.stack import Stack

_STATUS_INTERVAL_S: Final = 1.0
_DELIVERY_TIMEOUT_S: Final = 90.0
_DELIVERY_TIMEOUT_AT_CTRL_C_S: Final = 10.0
_DATABASE_TIMEOUT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class StorePlan:
    """The cameras that count in a store, and what they play; None for simulated crossings."""

    store: DemoStore
    cameras: Mapping[DemoCamera, Footage | None]


def run_demo(options: DemoOptions, settings: StackSettings, console: Console) -> None:
    """Start everything, count until told to stop, and check that the numbers agree.

    Args:
        options: What to count, with how many cameras, and for how long.
        settings: Those of the stack.
        console: Where the progress is printed.

    Raises:
        TotalsMismatchError: Counted, stored and aggregated crossings differ.
        LocalError: The demo cannot start, found out before anything is started where possible.
    """
    plans = _place_cameras(options, _choose_input(options, settings, console))
    summary: str | None = None
    with Stack.start(settings, report=console.print_line) as stack:
        started_at = monotonic()
        seeded = seed(stack.urls.database, stack.accounts, settings.home / "demo")
        console.print_line(
            f"demo tenant: {seeded.crossings} crossings of generated history added in {monotonic() - started_at:.1f} s"
        )
        for store in STORES:
            cameras = next((plan.cameras for plan in plans if plan.store == store), {store.default_camera: None})
            configure_cameras(stack.urls.database, store, cameras, settings.home / "demo")
        boxes = [_box(stack, number, plan, seeded, options) for number, plan in enumerate(plans, 1)]
        since = datetime.now(UTC)
        _print_addresses(stack, plans, console)
        if any(camera.footage is not None for box in boxes for camera in box.cameras):
            console.print_line("edge: starting; the first start prepares the model, which may take a minute")
        for box in boxes:
            stack.add_service(box.service())
        run = _CountingRun(stack, boxes, [plan.store for plan in plans], since, console)
        time_is_up = run.show_counts(options.seconds)
        summary = run.finish(_DELIVERY_TIMEOUT_S if time_is_up else _DELIVERY_TIMEOUT_AT_CTRL_C_S)
    if summary is not None:  # None: it was stopped before it counted
        console.print_line(summary)


def _choose_input(options: DemoOptions, settings: StackSettings, console: Console) -> list[Footage] | None:
    """Return what each camera plays; None when there are no weights, so that crossings are simulated."""
    footage = None
    if options.video is not None:
        footage = choose_footage(options, settings.home / "clip")
    if not weights_available(options.model, console.print_line):
        console.print_line(f"weights: not found, so the crossings are SIMULATED; {INSTRUCTIONS}")
        return None
    return footage or choose_footage(options, settings.home / "clip")


def _place_cameras(options: DemoOptions, footage: Sequence[Footage] | None) -> list[StorePlan]:
    """Return the cameras that count: those of the first store, then those of the next."""
    plans, left = [], options.cameras
    for store in STORES:
        entrances, first = store.cameras[:left], options.cameras - left
        left -= len(entrances)
        if entrances and footage is None:
            plans.append(StorePlan(store, {store.simulated_camera: None}))
        elif entrances and footage is not None:
            plans.append(StorePlan(store, dict(zip(entrances, footage[first:], strict=False))))
    return plans


def _box(stack: Stack, number: int, plan: StorePlan, seeded: SeedResult, options: DemoOptions) -> DemoBox:
    folder = stack.settings.edge_folder
    cameras = [CountingCamera(camera.id, camera.name, footage, folder) for camera, footage in plan.cameras.items()]
    for camera in cameras:
        camera.status.delete_old_file()
    name = "edge" if number == 1 else f"edge-{number}"
    return DemoBox(name, stack.urls.api, seeded.worker_keys[plan.store.id], cameras, options.model)


def _print_addresses(stack: Stack, plans: Sequence[StorePlan], console: Console) -> None:
    """Print URLs, logins and the cameras; open the store's page when there is a desktop."""
    playing = [(plan.store, footage) for plan in plans for footage in plan.cameras.values()]
    for name, value in (
        ("", ""),
        ("dashboard", stack.urls.dashboard),
        ("  sign in", f"{OWNER.email}   {OWNER.password}"),
        ("admin", stack.urls.admin),
        ("  sign in", f"{SUPERADMIN.email}   {SUPERADMIN.password}"),
        ("database", redact(stack.urls.database)),
        ("logs", str(stack.settings.log_folder)),
        *(("camera", _describe_camera(store, footage)) for store, footage in playing),
        ("", ""),
    ):
        console.print_line(f"  {name:<12}{value}".rstrip())
    if sys.stdout.isatty() and (sys.platform == "darwin" or os.environ.get("DISPLAY")):
        page = f"/stores/{plans[0].store.id}" if len(plans) == 1 else ""
        webbrowser.open(f"{stack.urls.dashboard}{page}")


def _describe_camera(store: DemoStore, footage: Footage | None) -> str:
    if footage is None:
        return f"SIMULATED crossings at {store.name} (there are no weights to count with)"
    known = "" if footage.known_crossings is None else f", {footage.known_crossings} labelled crossings per loop"
    return f"{footage.label} at {store.name}, line {footage.line} ({footage.anchor}{known})"


@dataclass(frozen=True, slots=True)
class _CountingRun:
    """Boxes that have been running since `since`, each at one of the stores."""

    stack: Stack
    boxes: Sequence[DemoBox]
    stores: Sequence[DemoStore]
    since: datetime
    console: Console

    @property
    def cameras(self) -> list[CountingCamera]:
        return [camera for box in self.boxes for camera in box.cameras]

    def show_counts(self, seconds: float | None) -> bool:
        """Show the counts until the time is up (return True) or a signal stops the demo (return False)."""
        urls, keys = self.stack.urls, self.stack.keys
        self.console.print_line(
            "counting until Ctrl-C" if seconds is None else f"counting for {seconds:g} s from the first frame"
        )
        first_frame_at: float | None = None
        try:
            with ExitStack() as polling:
                pollers = [
                    polling.enter_context(OccupancyPoller(urls.api, urls.auth, keys.anon_key, OWNER, store.id))
                    for store in self.stores
                ]
                while not self.stack.wait(_STATUS_INTERVAL_S):
                    counts = self._counts()
                    if first_frame_at is None and counts.frames:
                        first_frame_at = monotonic()
                    elapsed_s = 0.0 if first_frame_at is None else monotonic() - first_frame_at
                    statuses = [camera.status.content for camera in self.cameras]
                    line = status_line(elapsed_s, counts, [poller.occupancy for poller in pollers], statuses)
                    self.console.update_status(line, elapsed_s)
                    if seconds is not None and elapsed_s >= seconds:
                        return True
        except KeyboardInterrupt:
            return False
        return False

    def finish(self, delivery_timeout_s: float) -> str:
        """Stop the workers, send what is left, compare the numbers, and return the last line."""
        for box in self.boxes:
            self.stack.stop_service(box.name)
        counts = self._counts()
        unsent = sum(
            self._deliver(box, camera, delivery_timeout_s)
            for box in self.boxes
            for camera in box.cameras
            if camera.status.content.get("backlog", 0)
        )
        camera_ids = [camera.id for camera in self.cameras]
        totals = wait_for_totals(self.stack.urls.database, camera_ids, self.since, _DATABASE_TIMEOUT_S)
        check_totals(counts, totals, unsent)
        return summary_line(counts, totals)

    def _deliver(self, box: DemoBox, camera: CountingCamera, timeout_s: float) -> int:
        backlog = camera.status.content["backlog"]
        self.console.print_line(f"edge: sending {backlog} crossings that are still in the outbox of {camera.name}")
        return deliver_outbox(box, camera, timeout_s, sleep)

    def _counts(self) -> WorkerCounts:
        return sum((camera.status.read() for camera in self.cameras), WorkerCounts())
