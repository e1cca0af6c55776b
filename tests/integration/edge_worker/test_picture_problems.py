"""A video whose picture freezes, is covered or moves, through the whole worker to a real backend over HTTP."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import cv2
import numpy as np
import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.session import Session
from edge_worker.snapshot.buffer import SnapshotBuffer
from edge_worker.status.healthz import health_problems
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from tests.integration.edge_worker.recording_backend import RecordingBackend
from tests.unit.edge_worker.picture_health.scenes import HEIGHT, WIDTH, moved, noisy, scene, with_person

FPS = 2
SHOP = scene()
LIVE_S, DISTURBED_S, AGAIN_S = 150, 180, 60


class SeesNobody(LocalDetector):
    """A detector of an empty shop, or one that does not know people from straight above."""

    backend = Backend.TORCH
    model = "nobody"
    device = "cpu"
    input_size = (HEIGHT, WIDTH)
    workers = 1
    precision = "f32"

    def detect(self, image: Image) -> Detections:  # noqa: ARG002 - the interface of a detector
        return Detections.none()


def record(path: Path, picture: Callable[[int], Image], frames: int, fps: float = FPS) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (WIDTH, HEIGHT))
    for index in range(frames):
        writer.write(picture(index))
    writer.release()
    return path


def disturbed(disturb: Callable[[int], Image]) -> Callable[[int], Image]:
    """A live picture that is disturbed from `LIVE_S` on for `DISTURBED_S`."""

    def picture(index: int) -> Image:
        is_disturbed = LIVE_S <= index / FPS < LIVE_S + DISTURBED_S
        return disturb(index) if is_disturbed else noisy(SHOP, index)

    return picture


def nothing(_picture: str) -> None:
    """Do nothing when a picture has been reported."""


def count(
    clip: Path, backend: RecordingBackend, folder: Path, on_report: Callable[[str], None] = nothing
) -> list[dict[str, Any]]:
    """Count the clip as a whole; return the status after each change of the picture, and the last one."""
    statuses: list[dict[str, Any]] = []
    started = (datetime.now(UTC) - timedelta(days=1)).replace(second=0, microsecond=0)
    options = backend.run_options(
        str(clip),
        folder,
        status_file=folder / "status.json",
        starts_at=started,
        heartbeat_s=0.02,
    )

    class Watched(Pipeline):
        """Lets each picture problem last until a heartbeat and the status have reported it."""

        def frames(self) -> Iterator[FrameResult | None]:
            reported = None
            for result in super().frames():
                yield result
                if self._camera.picture is not reported:
                    reported = self._camera.picture
                    if reported is not None:
                        self.wait_for_report(str(reported))

        def wait_for_report(self, picture: str) -> None:
            for _ in range(500):
                status = json.loads((folder / "status.json").read_text())
                beats = [beat.get("picture") for beat in backend.heartbeats]
                if status["picture"] == picture and picture in beats[-1:]:
                    statuses.append(status)
                    on_report(picture)
                    return
                self._closed.wait(0.02)
            raise AssertionError(f"neither a heartbeat nor the status reports {picture}")

    def open_feed(_options: object, _config: object, camera: Any) -> Pipeline:
        return Watched(
            lambda: FileSource(str(clip)),
            lambda _size: SeesNobody(),
            line=Line.mid_height(),
            anchor=Anchor.FOOT,
            camera=camera,
        )

    assert Session(options, open_feed, "1").run() == 0
    return statuses


def observed_minutes(backend: RecordingBackend) -> dict[int, int]:
    """Frames by minute since the start of the clip."""
    minutes: dict[str, int] = {}
    for beat in backend.heartbeats:
        for minute in beat["minutes"]:
            minutes[minute["minute"]] = max(minute["frames"], minutes.get(minute["minute"], 0))
    first = min(datetime.fromisoformat(minute) for minute in minutes)
    return {
        round((datetime.fromisoformat(minute) - first).total_seconds() / 60): frames
        for minute, frames in minutes.items()
    }


def test_a_frozen_picture_is_reported_and_its_minutes_are_not_observed(
    backend: RecordingBackend, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    learnt: list[Image] = []
    monkeypatch.setattr(SnapshotBuffer, "update", lambda _self, image, _people: learnt.append(image))
    frozen = noisy(SHOP, 0)
    frames = FPS * (LIVE_S + DISTURBED_S + AGAIN_S)
    clip = record(tmp_path / "clip.avi", disturbed(lambda _index: frozen), frames)
    statuses = count(clip, backend, tmp_path)
    assert [status["picture"] for status in statuses] == ["ok", "frozen", "ok"]
    [problem] = [problem for problem in health_problems(statuses[1]) if "frozen" in problem]
    assert "not observed" in problem
    assert "restart the camera" in problem
    assert health_problems(statuses[2]) == []
    assert "the picture is ok again" in caplog.text
    minutes = observed_minutes(backend)
    whole = 60 * FPS
    assert (minutes[0], minutes[1]) == (whole, whole)
    assert minutes[2] <= whole * 0.65  # the picture froze after 30 s
    assert {3, 4} & set(minutes) == set()
    assert minutes[6] == 30 * FPS
    assert FPS * (LIVE_S + AGAIN_S - 6) <= len(learnt) <= FPS * (LIVE_S + AGAIN_S + 6)


@pytest.mark.parametrize(
    ("disturb", "picture", "sentence"),
    [
        (lambda index: noisy(np.full_like(SHOP, 100), index), "covered", "the lens is covered"),
        (lambda index: noisy(np.asarray(SHOP * 0.04, np.uint8), index, 1), "covered", "the picture is dark"),
        (lambda index: noisy(moved(SHOP, dx=0.05), index), "moved", "shifted by 5 % of the width"),
    ],
    ids=["covered", "dark", "moved"],
)
def test_a_covered_dark_or_moved_camera_is_reported_and_observed(
    disturb: Callable[[int], Image], picture: str, sentence: str, backend: RecordingBackend, tmp_path: Path
) -> None:
    clip = record(tmp_path / "clip.avi", disturbed(disturb), FPS * (LIVE_S + DISTURBED_S + AGAIN_S))
    statuses = count(clip, backend, tmp_path)
    assert [status["picture"] for status in statuses] == ["ok", picture, "ok"]
    assert any(sentence in problem for problem in health_problems(statuses[1]))
    assert health_problems(statuses[2]) == []
    minutes = observed_minutes(backend)
    assert [minutes[minute] for minute in range(6)] == [60 * FPS] * 6


def test_a_restart_in_front_of_a_moved_camera_still_knows_the_calibrated_view(
    backend: RecordingBackend, tmp_path: Path
) -> None:
    count(record(tmp_path / "first.avi", lambda index: noisy(SHOP, index), 90 * FPS), backend, tmp_path)
    second = record(tmp_path / "second.avi", lambda index: noisy(moved(SHOP, dy=0.06), index), 60 * FPS)
    assert count(second, backend, tmp_path)[-1]["picture"] == "moved"


def test_a_view_that_was_accepted_is_the_calibrated_one_also_after_a_restart(
    backend: RecordingBackend, tmp_path: Path
) -> None:
    def turned(index: int) -> Image:
        return noisy(moved(SHOP, dx=0.05) if index >= 80 * FPS else SHOP, index)

    def accept(picture: str) -> None:
        if picture != "moved":
            return
        before = len(backend.config_requests)
        backend.view_accepted_at = "2026-11-26T12:00:00.000Z"
        until = monotonic() + 20
        while len(backend.config_requests) == before:
            assert monotonic() < until, "the worker has not fetched the config"
            sleep(0.01)

    statuses = count(record(tmp_path / "first.avi", turned, 210 * FPS), backend, tmp_path, accept)
    assert [status["picture"] for status in statuses] == ["ok", "moved", "ok"]
    second = record(tmp_path / "second.avi", lambda index: noisy(moved(SHOP, dx=0.05), index), 50 * FPS)
    assert [status["picture"] for status in count(second, backend, tmp_path)] == ["ok"]
    third = record(tmp_path / "third.avi", lambda index: noisy(SHOP, index), 50 * FPS)
    assert count(third, backend, tmp_path)[-1]["picture"] == "moved"


def test_people_whom_the_detector_does_not_know_are_reported(backend: RecordingBackend, tmp_path: Path) -> None:
    def walking(index: int) -> Image:
        step = index % 50
        image = with_person(SHOP, 80, 40 + 6.4 * step, 55) if step < 13 else SHOP
        return noisy(image, index)

    clip = record(tmp_path / "clip.avi", walking, 5 * 110, fps=5)
    [*_, last] = count(clip, backend, tmp_path)
    assert last["picture"] == "people_not_seen"
    assert any("people are not seen" in problem for problem in health_problems(last))
