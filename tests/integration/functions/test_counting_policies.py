"""A counting policy, from the admin over the ingest to a running worker and the crossings in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
import psycopg
import pytest
from starlette.testclient import TestClient

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.usual_height import MIN_PEOPLE
from edge_worker.detection.detector import Detections
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.pipeline.counting_stage import CountingStage
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from functions.admin.app import build
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.factories import make_superadmin
from tests.integration.edge_worker.lambda_over_http import over_http
from tests.integration.functions.ingest.box import Box, handler_for, make_box
from tests.integration.local.auth.running import LocalAuth
from tests.signing import Issuer

pytestmark = pytest.mark.clock

SIZE = (480, 640)
FPS = 10
ADULT, CHILD = 120.0, 70.0
INSIDE, OUTSIDE = 380.0, 100.0
PATIENCE_S = 30.0


class Doorway:
    """A feed of people who walk over the line, tracked and counted as those of a camera."""

    is_live = False
    model = "doorway"
    near_line = 0

    def __init__(self, scenes: Callable[[Doorway], Iterator[FrameResult]]) -> None:
        self._scenes = scenes
        self._stage = CountingStage(Line.mid_height(), Anchor.CENTER)
        self._index = 0
        self.ignores_children = False

    def frames(self) -> Iterator[FrameResult]:
        return self._scenes(self)

    def walk(self, height: float, *ys: float) -> Iterator[FrameResult]:
        """Walk from the first y to each of the others, and be gone for longer than the worker remembers."""
        way = [y for start, end in pairwise(ys) for y in np.linspace(start, end, 12)]
        for y in way:
            box = [300 - height / 6, y - height / 2, 300 + height / 6, y + height / 2]
            yield self._frame(Detections(np.array([box], np.float32), np.array([0.9], np.float32)))
        for _ in range(5 * FPS):
            yield self._frame(Detections.none())

    def wait_until(self, condition: Callable[[], bool]) -> Iterator[FrameResult]:
        """Yield frames without people until the condition is met."""
        deadline = monotonic() + PATIENCE_S
        while not condition():
            assert monotonic() < deadline, "the worker did not take the changed policy"
            sleep(0.02)
            yield self._frame(Detections.none())

    def _frame(self, detections: Detections) -> FrameResult:
        index, t = self._index, self._index / FPS
        self._index += 1
        tracks, crossings = self._stage.update(detections, SIZE, index, t)
        return FrameResult(index=index, media_s=t, captured_at=None, tracks=tuple(tracks), crossings=tuple(crossings))

    def set_line(self, line: Line, anchor: Anchor) -> None:
        self._stage.set_line(line, anchor)

    def set_sample_fps(self, fps: float) -> None:
        pass

    def set_ignore_children(self, ignore_children: bool) -> None:
        self.ignores_children = ignore_children
        self._stage.set_ignore_children(ignore_children)

    def add_line_sample(self, sample: LineSample) -> None:
        raise AssertionError(f"the frames have no picture, but one was sampled at {sample.t} s")

    def rewind(self) -> None:
        self._stage.reset()

    def close(self) -> None:
        pass


@dataclass
class Shop:
    """A store with a camera, its edge box and a superadmin."""

    connection: psycopg.Connection[Any]
    admin: TestClient
    headers: dict[str, str]
    box: Box
    options: RunOptions
    starts_at: datetime

    def change_camera(self, **settings: Any) -> None:
        path = f"/admin/cameras/{self.box.camera_id}"
        assert self.admin.patch(path, json=settings, headers=self.headers).is_success

    def run(self, scenes: Callable[[Doorway], Iterator[FrameResult]]) -> list[str]:
        """Count the scenes and return the stored directions in the order of time."""
        doorway = Doorway(scenes)
        assert Session(self.options, lambda *_: doorway, "1.2.3").run() == 0
        rows = self.connection.execute(
            "SELECT direction FROM events WHERE camera_id = %s ORDER BY ts", [self.box.camera_id]
        ).fetchall()
        return [row[0] for row in rows]


@pytest.fixture
def shop(
    connection: psycopg.Connection[Any], database_url: str, local_auth: LocalAuth, issuer: Issuer, tmp_path: Path
) -> Iterator[Shop]:
    handler = handler_for(database_url)
    box = make_box(connection, handler)
    environ = local_auth.lambda_environment(database_url)
    app = build(load_settings(ADMIN_SETTINGS, environ))
    app.state.tokens = issuer.verifier()
    starts_at = datetime.now(UTC) - timedelta(days=1)
    with TestClient(app) as admin, over_http(handler) as url:
        options = box.run_options(
            url,
            tmp_path / "outbox.db",
            anchor=Anchor.CENTER,
            starts_at=starts_at,
            quiet=True,
            heartbeat_s=0.05,
        )
        yield Shop(connection, admin, issuer.headers(make_superadmin(connection)), box, options, starts_at)
    app.state.database.dispose()


def test_a_running_worker_drops_short_stays_from_the_moment_at_which_the_admin_sets_it(shop: Shop) -> None:
    def scenes(doorway: Doorway) -> Iterator[FrameResult]:
        yield from doorway.walk(ADULT, OUTSIDE, INSIDE, OUTSIDE)
        shop.change_camera(min_stay_s=10, ignore_children=True)
        yield from doorway.wait_until(lambda: doorway.ignores_children)
        yield from doorway.walk(ADULT, OUTSIDE, INSIDE, OUTSIDE)
        shop.change_camera(min_stay_s=0, ignore_children=False)
        yield from doorway.wait_until(lambda: not doorway.ignores_children)
        yield from doorway.walk(ADULT, OUTSIDE, INSIDE, OUTSIDE)

    assert shop.run(scenes) == ["IN", "OUT", "IN", "OUT"]


def test_a_running_worker_drops_children_while_the_admin_says_so(shop: Shop) -> None:
    def scenes(doorway: Doorway) -> Iterator[FrameResult]:
        for _ in range(MIN_PEOPLE):
            yield from doorway.walk(ADULT, OUTSIDE, INSIDE)
        yield from doorway.walk(CHILD, INSIDE, OUTSIDE)
        shop.change_camera(ignore_children=True)
        yield from doorway.wait_until(lambda: doorway.ignores_children)
        yield from doorway.walk(CHILD, INSIDE, OUTSIDE)
        yield from doorway.walk(ADULT, INSIDE, OUTSIDE)
        shop.change_camera(ignore_children=False)
        yield from doorway.wait_until(lambda: not doorway.ignores_children)
        yield from doorway.walk(CHILD, INSIDE, OUTSIDE)

    assert shop.run(scenes) == ["IN"] * MIN_PEOPLE + ["OUT"] * 3
