"""No pixel of a person leaves the store."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_worker.limits import MAX_SNAPSHOT_BYTES
from edge_worker.snapshot.buffer import SnapshotBuffer
from edge_worker.snapshot.image import FRAME_BLOCKS, MARGIN, MAX_WIDTH_PX, PERSON_BLOCKS, blur_people, encode_jpeg
from edge_worker.video.frame import Box, Image

HEIGHT, WIDTH = 240, 320


def noise(seed: int = 0, height: int = HEIGHT, width: int = WIDTH) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def inside(box: Box, margin: float) -> tuple[slice, slice]:
    x1, y1, x2, y2 = box
    mx, my = (x2 - x1) * margin, (y2 - y1) * margin
    return (
        slice(max(round(y1 - my), 0), min(round(y2 + my), HEIGHT)),
        slice(max(round(x1 - mx), 0), min(round(x2 + mx), WIDTH)),
    )


boxes = st.tuples(st.floats(0, 250), st.floats(0, 150), st.floats(8, 70), st.floats(20, 90)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@settings(max_examples=30, deadline=None)
@given(boxes)
def test_a_blurred_person_is_a_few_flat_blocks(person: Box) -> None:
    shown = blur_people(noise(), [person])
    rows, columns = inside(person, MARGIN * 0.9)
    region = shown[rows, columns]
    assert len(np.unique(region.reshape(-1, 3), axis=0)) <= PERSON_BLOCKS * PERSON_BLOCKS * 4


@settings(max_examples=30, deadline=None)
@given(boxes)
def test_a_person_is_blurred_with_a_margin_and_the_rest_is_untouched(person: Box) -> None:
    original = noise()
    shown = blur_people(original, [person])
    rows, columns = inside(person, MARGIN * 0.9)
    assert np.mean(shown[rows, columns] == original[rows, columns]) < 0.05
    outside = np.ones((HEIGHT, WIDTH), bool)
    rows, columns = inside(person, MARGIN * 1.1)
    outside[slice(max(rows.start - 2, 0), rows.stop + 2), slice(max(columns.start - 2, 0), columns.stop + 2)] = False
    assert np.array_equal(shown[outside], original[outside])


def test_two_people_who_overlap_are_both_blurred() -> None:
    original = noise()
    people = [(100.0, 60.0, 160.0, 180.0), (130.0, 70.0, 190.0, 190.0)]
    shown = blur_people(original, people)
    for person in people:
        rows, columns = inside(person, 0)
        assert np.mean(shown[rows, columns] == original[rows, columns]) < 0.05


def test_without_detections_the_whole_frame_is_blurred() -> None:
    shown = blur_people(noise(), None)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) <= FRAME_BLOCKS * FRAME_BLOCKS * 2


def test_a_bounding_box_outside_the_frame_is_no_error() -> None:
    blur_people(noise(), [(-50.0, -50.0, 20.0, 20.0), (310.0, 230.0, 900.0, 900.0), (500.0, 500.0, 600.0, 600.0)])


def test_the_frame_itself_is_not_changed() -> None:
    original = noise()
    blur_people(original, [(100.0, 60.0, 160.0, 180.0)])
    assert np.array_equal(original, noise())


@pytest.mark.parametrize(("height", "width"), [(240, 320), (1080, 1920), (2160, 3840), (4000, 300)])
def test_a_snapshot_is_a_jpeg_within_the_limits_of_the_contract(height: int, width: int) -> None:
    jpeg = encode_jpeg(noise(height=height, width=width))
    decoded = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert decoded.shape[1] <= MAX_WIDTH_PX
    assert len(jpeg) <= MAX_SNAPSHOT_BYTES


class Elapsed:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_snapshot_is_due_on_request_and_at_the_interval_but_never_without_a_frame() -> None:
    elapsed = Elapsed()
    snapshots = SnapshotBuffer(elapsed)
    assert not snapshots.is_due(3600, requested=True)
    assert snapshots.jpeg() is None
    snapshots.update(noise(), [])
    assert snapshots.is_due(3600, requested=False), "the first one"
    snapshots.mark_sent()
    elapsed.seconds = 3599.0
    assert not snapshots.is_due(3600, requested=False)
    assert snapshots.is_due(3600, requested=True)
    elapsed.seconds = 3600.0
    assert snapshots.is_due(3600, requested=False)
    assert not snapshots.is_due(0, requested=False), "0 switches the interval off"


def test_a_frame_whose_detection_failed_is_blurred_completely() -> None:
    snapshots = SnapshotBuffer()
    snapshots.update(noise(), None)
    jpeg = snapshots.jpeg()
    assert jpeg is not None
    shown = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    assert np.std(shown.astype(float)) < np.std(noise().astype(float)) / 3


def test_a_person_missed_by_the_detector_in_the_newest_frame_only_is_still_blurred() -> None:
    snapshots = SnapshotBuffer()
    person = (100.0, 60.0, 160.0, 180.0)
    picture = noise()
    snapshots.update(picture, [person])
    snapshots.update(picture, [])
    jpeg = snapshots.jpeg()
    assert jpeg is not None
    shown = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    rows, columns = inside(person, 0)
    assert np.std(shown[rows, columns].astype(float)) < np.std(picture[rows, columns].astype(float)) / 3
