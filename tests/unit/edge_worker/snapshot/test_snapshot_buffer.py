"""Snapshots are JPEGs within the limits, due on request or at an interval, and never a frame of the camera."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from edge_worker.limits import MAX_SNAPSHOT_BYTES
from edge_worker.snapshot.buffer import Snapshot, SnapshotBuffer
from edge_worker.snapshot.image import MAX_WIDTH_PX, encode_jpeg
from edge_worker.video.frame import Image
from tests.elapsed import Elapsed

HEIGHT, WIDTH = 240, 320


def noise(seed: int = 0, height: int = HEIGHT, width: int = WIDTH) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.fixture
def elapsed() -> Elapsed:
    return Elapsed()


@pytest.fixture
def snapshots(elapsed: Elapsed) -> SnapshotBuffer:
    return SnapshotBuffer(elapsed)


def taken(snapshots: SnapshotBuffer) -> Snapshot:
    snapshot = snapshots.snapshot()
    assert snapshot is not None
    return snapshot


def shown(snapshot: Snapshot) -> Image:
    decoded = cv2.imdecode(np.frombuffer(snapshot.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    return np.asarray(decoded, np.uint8)


def learn(snapshots: SnapshotBuffer, elapsed: Elapsed, seconds: float, image: Image | None = None) -> None:
    seen, end = noise() if image is None else image, elapsed.seconds + seconds
    while elapsed.seconds < end:
        for pause in (0.5, 0.5, 5.0):
            snapshots.update(seen, [])
            elapsed.seconds += pause


@pytest.mark.parametrize(("height", "width"), [(240, 320), (1080, 1920), (2160, 3840), (4000, 300)])
def test_a_snapshot_is_a_jpeg_within_the_limits_of_the_contract(height: int, width: int) -> None:
    jpeg = encode_jpeg(noise(height=height, width=width))
    decoded = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert decoded.shape[1] <= MAX_WIDTH_PX
    assert len(jpeg) <= MAX_SNAPSHOT_BYTES


def test_a_snapshot_is_due_on_request_and_at_the_interval_but_never_without_a_frame(
    snapshots: SnapshotBuffer, elapsed: Elapsed
) -> None:
    assert not snapshots.is_due(3600, requested=True)
    assert snapshots.snapshot() is None
    snapshots.update(noise(), [])
    assert snapshots.is_due(3600, requested=False), "the first one"
    snapshots.mark_sent(taken(snapshots), requested=False)
    elapsed.seconds = 3599.0
    assert not snapshots.is_due(3600, requested=False)
    assert snapshots.is_due(3600, requested=True)
    elapsed.seconds = 3600.0
    assert snapshots.is_due(3600, requested=False)
    assert not snapshots.is_due(0, requested=False), "0 switches the interval off"


def test_a_request_is_answered_at_once_and_again_when_the_scene_is_complete(
    snapshots: SnapshotBuffer, elapsed: Elapsed
) -> None:
    snapshots.update(noise(), [])
    assert snapshots.is_due(0, requested=True)
    coarse = taken(snapshots)
    assert coarse.coarse_share == 1
    snapshots.mark_sent(coarse, requested=True)
    assert not snapshots.is_due(0, requested=False)
    learn(snapshots, elapsed, 380)
    assert snapshots.is_due(0, requested=False)
    complete = taken(snapshots)
    assert complete.coarse_share == 0
    snapshots.mark_sent(complete, requested=False)
    assert not snapshots.is_due(0, requested=False)


def test_without_a_request_a_coarse_snapshot_is_followed_by_none(snapshots: SnapshotBuffer, elapsed: Elapsed) -> None:
    snapshots.update(noise(), [])
    snapshots.mark_sent(taken(snapshots), requested=False)
    learn(snapshots, elapsed, 380)
    assert not snapshots.is_due(0, requested=False)


def test_the_first_snapshot_shows_squares_of_one_colour(snapshots: SnapshotBuffer) -> None:
    snapshots.update(noise(), [])
    assert np.std(shown(taken(snapshots)).astype(float)) < np.std(noise().astype(float)) / 3


@pytest.mark.parametrize("other", [noise(1), noise(1, height=200)], ids=["turned", "another size"])
def test_another_view_is_learnt_from_the_start(snapshots: SnapshotBuffer, elapsed: Elapsed, other: Image) -> None:
    learn(snapshots, elapsed, 380)
    learn(snapshots, elapsed, 120, other)
    assert taken(snapshots).coarse_share == 1
    learn(snapshots, elapsed, 380, other)
    assert np.corrcoef(shown(taken(snapshots)).ravel(), other.ravel())[0, 1] > 0.5
