"""The demo from its first line to its last."""

from __future__ import annotations

import os
import sys
import webbrowser
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Final

from edge_worker.logs import redact
from local.demo.camera import place_camera
from local.demo.draining import drain
from local.demo.footage import Footage, choose_footage
from local.demo.options import DemoOptions
from local.demo.owner import OwnerView
from local.demo.screen import Screen, live_line
from local.demo.totals import check_agreement, last_line, patient_totals
from local.demo.weights import HOW_TO_GET_THEM, have_weights
from local.demo.worker import NAME, Post, WorkerStatus, counting_part, simulating_part
from local.seed.seeding import Seeded, seed
from local.seed.tenant import OWNER, STATION, SUPERADMIN, CameraPlan
from local.stack import Stack, StackSettings

_CAMERA, _SIMULATED = STATION.cameras
_LOOK_S: Final = 1.0
_DRAIN_S: Final = 90.0
_DRAIN_AT_CTRL_C_S: Final = 10.0
_DATABASE_BACK_S: Final = 60.0


def run_demo(options: DemoOptions, settings: StackSettings, screen: Screen) -> None:
    """Starts everything, counts until told to stop, and checks that the numbers agree.

    Raises LocalError: what is in the way, before anything is started where possible; or DisagreementError.
    """
    footage = _footage(options, settings, screen)
    camera = _SIMULATED if footage is None else _CAMERA
    line: str | None = None
    with Stack.start(settings, report=screen.say) as stack:
        began = monotonic()
        seeded = seed(stack.urls.database, stack.accounts, settings.home / "demo")
        screen.say(
            f"demo tenant: {seeded.crossings} crossings of generated history added in {monotonic() - began:.1f} s"
        )
        place_camera(stack.urls.database, STATION, camera, footage, settings.home / "demo")
        post = _post(stack, seeded, camera)
        status = WorkerStatus(post.status_file)
        status.forget()
        since = datetime.now(UTC)
        _introduce(stack, footage, screen)
        if footage is None:
            stack.add(simulating_part(post, status))
        else:
            screen.say(
                "edge: starting; the first time, the model is prepared for this machine, which may take a minute"
            )
            stack.add(counting_part(post, footage, options.model, status))
        counting = _Counting(stack, post, status, since, screen)
        in_time = counting.follow(options.seconds)
        line = counting.finish(_DRAIN_S if in_time else _DRAIN_AT_CTRL_C_S)
    if line is not None:  # else it was stopped before it counted
        screen.say(line)


def _footage(options: DemoOptions, settings: StackSettings, screen: Screen) -> Footage | None:
    """What is counted; None when there are no weights to count with."""
    footage = None
    if options.video is not None:
        footage = choose_footage(options, settings.home / "clip")
    if not have_weights(options.model, screen.say):
        screen.say(f"weights: none to be had, so the crossings will be SIMULATED; {HOW_TO_GET_THEM}")
        return None
    return footage or choose_footage(options, settings.home / "clip")


def _post(stack: Stack, seeded: Seeded, camera: CameraPlan) -> Post:
    folder = stack.settings.edge_folder
    return Post(
        api=stack.urls.api,
        key=seeded.keys[STATION.id],
        camera_id=camera.id,
        outbox=folder / f"{camera.id}.db",
        status_file=folder / "status.json",
    )


def _introduce(stack: Stack, footage: Footage | None, screen: Screen) -> None:
    """URLs and logins."""
    store_page = f"{stack.urls.dashboard}/stores/{STATION.id}"
    for name, value in (
        ("", ""),
        ("dashboard", stack.urls.dashboard),
        ("  sign in", f"{OWNER.email}   {OWNER.password}"),
        ("admin", stack.urls.admin),
        ("  sign in", f"{SUPERADMIN.email}   {SUPERADMIN.password}"),
        ("database", redact(stack.urls.database)),
        ("logs", str(stack.settings.log_folder)),
        ("camera", _camera_words(footage)),
        ("", ""),
    ):
        screen.say(f"  {name:<12}{value}".rstrip())
    if sys.stdout.isatty() and (sys.platform == "darwin" or os.environ.get("DISPLAY")):
        webbrowser.open(store_page)


def _camera_words(footage: Footage | None) -> str:
    if footage is None:
        return f"SIMULATED crossings at {STATION.name} (no weights, so nobody is being counted)"
    known = "" if footage.known is None else f", {footage.known} known crossings a round"
    return f"{footage.label} at {STATION.name}, line {footage.line} ({footage.anchor}{known})"


@dataclass(frozen=True, slots=True)
class _Counting:
    """A worker that runs, since `since`."""

    stack: Stack
    post: Post
    status: WorkerStatus
    since: datetime
    screen: Screen

    def follow(self, seconds: float | None) -> bool:
        """Shows the counts until the time is over (then True) or somebody stops it (False)."""
        stack = self.stack
        owner = OwnerView(stack.urls.api, stack.urls.auth, stack.keys.anon_key, OWNER, STATION.id)
        self.screen.say(f"counting {f'for {seconds:g} s from the first frame on' if seconds else 'until Ctrl-C'}")
        began: float | None = None
        try:
            with owner:
                while not stack.wait(_LOOK_S):
                    counted = self.status.read()
                    if began is None and counted.frames:
                        began = monotonic()
                    elapsed_s = 0.0 if began is None else monotonic() - began
                    self.screen.follow(live_line(elapsed_s, counted, owner.occupancy, self.status.now), elapsed_s)
                    if seconds is not None and elapsed_s >= seconds:
                        return True
        except KeyboardInterrupt:
            return False
        return False

    def finish(self, drain_s: float) -> str:
        """Stops the worker, delivers what is left, compares; returns the last line."""
        self.stack.stop_part(NAME)
        counted = self.status.read()
        waiting = int(self.status.now.get("backlog", 0))
        if waiting:
            self.screen.say(f"edge: {waiting} crossings wait in the outbox, delivering them")
            waiting = drain(self.post, drain_s, sleep)
        totals = patient_totals(self.stack.urls.database, self.post.camera_id, self.since, _DATABASE_BACK_S)
        check_agreement(counted, totals, waiting)
        return last_line(counted, totals)
