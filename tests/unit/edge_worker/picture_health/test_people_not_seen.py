from __future__ import annotations

import cv2
import numpy as np
import pytest

from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.counting.line import Anchor, Line
from edge_worker.picture_health.detection_quality import DetectionQuality, Doubt, DoubtfulPeople
from edge_worker.picture_health.line_motion import LineMotion
from edge_worker.picture_health.line_tracks import LineTracks
from edge_worker.picture_health.monitor import CountedLine, PictureMonitor
from edge_worker.picture_health.problem import doubtful_sentence
from edge_worker.picture_health.unseen_people import UnseenPeople
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import Image
from tests.assets import clip
from tests.unit.edge_worker.picture_health.scenes import HEIGHT, WIDTH, noisy, scene, with_person

SHOP = scene()
MID = Line.mid_height()
RATE = 5


def passages(pictures: list[Image]) -> int:
    motion = LineMotion(MID)
    return sum(motion.add(picture, index / RATE) for index, picture in enumerate(pictures))


def walk(start: float, end: float, seconds: float, x: float = 80.0, height: int = 55) -> list[Image]:
    """Somebody walks from one height of the picture to another; the noise of the sensor is over it."""
    steps = round(seconds * RATE)
    return [noisy(with_person(SHOP, x, start + (end - start) * step / steps, height), step) for step in range(steps)]


EMPTY = [noisy(SHOP, t) for t in range(3 * RATE)]


def test_a_person_who_crosses_the_line_is_one_passage() -> None:
    assert passages([*EMPTY, *walk(40, 120, 2.5), *EMPTY]) == 1


def test_people_who_cross_the_line_of_a_panorama_are_a_passage() -> None:
    """The picture is 5.3 times as wide as tall, so 24 cells high, and OpenCV's flow needs 32."""
    empty = [np.hstack([picture] * 4) for picture in EMPTY]
    assert passages([*empty, *[np.hstack([picture] * 4) for picture in walk(40, 120, 2.5)], *empty]) == 1
    assert passages(empty * 4) == 0


@pytest.mark.parametrize("size", [(20, 60), (60, 20), (12, 12)])
def test_motion_is_measured_in_pictures_of_any_size(size: tuple[int, int]) -> None:
    random = np.random.default_rng(1)
    pictures = [random.integers(0, 255, (*size, 3), dtype=np.uint8) for _ in range(10)]
    assert passages([*[pictures[0]] * 10, *pictures]) == 0


@pytest.mark.parametrize(
    "pictures",
    [
        EMPTY * 4,
        [noisy(with_person(SHOP, 5 + 10 * step, 75), step) for step in range(15)],
        [noisy(SHOP if step % 10 < 5 else np.asarray(SHOP * 0.5, np.uint8), step) for step in range(60)],
        [noisy(with_person(SHOP, 80, 70 + 3 * np.sin(step * 2), 30), step) for step in range(60)],
    ],
    ids=["nobody", "along the line", "the light is switched", "swaying branches"],
)
def test_what_does_not_cross_the_line_is_no_passage(pictures: list[Image]) -> None:
    assert passages([*EMPTY, *pictures, *EMPTY]) == 0


def test_a_screen_beside_the_line_is_no_passage() -> None:
    random = np.random.default_rng(5)
    pictures = []
    for _ in range(60):
        picture = SHOP.copy()
        picture[10:40, 100:150] = random.integers(0, 255, (30, 50, 3), dtype=np.uint8)
        pictures.append(picture)
    assert passages([*EMPTY, *pictures]) == 0


def judged(unseen: int, seen: int, every_s: float = 10.0) -> UnseenPeople:
    people = UnseenPeople()
    for index in range(unseen + seen):
        t = index * every_s
        people.add(t, has_passed=True, is_seen=index >= unseen)
        people.add(t + 4, has_passed=False, is_seen=False)
    return people


@pytest.mark.parametrize(
    ("passages_made", "seen_every", "is_reported"), [(7, 0, False), (8, 0, True), (12, 4, True), (12, 2, False)]
)
def test_people_are_not_seen_if_nearly_all_passages_had_nobody(
    passages_made: int, seen_every: int, is_reported: bool
) -> None:
    people = UnseenPeople()
    for index in range(passages_made):
        is_seen = seen_every > 0 and index % seen_every == 0
        people.add(index * 10.0, has_passed=True, is_seen=is_seen)
        people.add(index * 10.0 + 4, has_passed=False, is_seen=False)
    assert people.is_reported is is_reported


def test_a_burst_of_motion_within_a_minute_is_not_reported() -> None:
    assert not judged(12, 0, every_s=4.5).is_reported


def test_a_busy_line_is_reported_although_twelve_people_pass_in_half_a_minute() -> None:
    unseen, doubtful = UnseenPeople(), DoubtfulPeople()
    for second in range(70):
        unseen.add(2.5 * second, has_passed=True, is_seen=False)
        doubtful.add(2.5 * second, [Doubt.SMALL])
    assert (unseen.is_reported, doubtful.is_reported) == (True, True)
    assert doubtful.people == 25  # those of the last 60 s
    unseen.add(180.0, has_passed=True, is_seen=True)
    assert unseen.is_reported


def test_the_report_ends_when_people_are_seen_again() -> None:
    assert judged(12, 4).is_reported
    assert not judged(12, 7).is_reported


def test_a_person_who_is_detected_shortly_after_the_passage_is_seen() -> None:
    people = UnseenPeople()
    for index in range(12):
        people.add(index * 10.0, has_passed=True, is_seen=False)
        people.add(index * 10.0 + 2, has_passed=False, is_seen=True)
    assert (people.unseen, people.passages, people.is_reported) == (0, 12, False)


def test_people_from_straight_above_in_the_dark_are_not_seen() -> None:
    """Thirteen people cross in this clip; the detector answers for moments only, too short for a person."""
    capture = cv2.VideoCapture(str(clip("views/busdark.mp4")))
    pictures: list[Image] = []
    while capture.grab():
        if len(pictures) * 3 == capture.get(cv2.CAP_PROP_POS_FRAMES) - 1:
            pictures.append(np.asarray(capture.retrieve()[1], np.uint8))
    motion, people = LineMotion(MID), UnseenPeople()
    for index, picture in enumerate(pictures * 2):
        people.add(index / RATE, has_passed=motion.add(picture, index / RATE), is_seen=False)
    assert people.is_reported


def track(t: float, tracker_id: int = 1, speed: float = 60.0) -> Track:
    y = (60.0 + speed * t) / 2
    return Track(tracker_id, (75.0, y, 85.0, y + 24.0), 0.9)


def follow(tracks: LineTracks, seconds: float, speed: float = 60.0, tracker_id: int = 1) -> list[bool]:
    size = (HEIGHT, WIDTH)
    touches = []
    for step in range(round(seconds * 10)):
        tracks.add([track(step / 10, tracker_id, speed)], size, step / 10)
        touches.append(tracks.touches_line)
    return touches


def test_a_person_who_walks_over_the_line_touches_it() -> None:
    assert any(follow(LineTracks(MID, Anchor.FOOT), 1.5))


def test_a_mannequin_on_the_line_and_a_flicker_do_not_touch_it() -> None:
    assert not any(follow(LineTracks(Line(0, 0.3, 1, 0.3), Anchor.FOOT), 3.0, speed=0.0))
    assert not any(follow(LineTracks(MID, Anchor.FOOT), 0.6, speed=120.0))


def test_tracks_that_end_near_the_line_leave_a_point_and_a_height() -> None:
    tracks = LineTracks(MID, Anchor.FOOT)
    ends = []
    for tracker_id in (1, 2, 3):
        follow(tracks, 0.5, tracker_id=tracker_id)
        ends += tracks.add([], (HEIGHT, WIDTH), 10.0)
    assert [tuple(round(share, 3) for share in end) for end in ends] == [(0.5, round(66 / HEIGHT, 3))] * 3
    assert tracks.person_height == pytest.approx(24 / HEIGHT)


def test_a_track_that_ends_far_from_the_line_leaves_no_point_and_two_people_no_height() -> None:
    tracks = LineTracks(Line(0, 0.95, 1, 0.95), Anchor.FOOT)
    follow(tracks, 0.5)
    assert tracks.add([], (HEIGHT, WIDTH), 10.0) == []
    assert tracks.person_height is None


def test_heights_are_forgotten_after_an_hour() -> None:
    tracks = LineTracks(MID, Anchor.FOOT)
    for tracker_id in (1, 2, 3):
        follow(tracks, 0.5, tracker_id=tracker_id)
    tracks.add([], (HEIGHT, WIDTH), 10.0)
    assert tracks.person_height is not None
    tracks.add([], (HEIGHT, WIDTH), 3700.0)
    assert tracks.person_height is None


def from_above(t: float, tracker_id: int, score: float, width: float, size: tuple[int, int]) -> Track:
    """Somebody who walks downwards over the line, half as tall as the picture and ``width`` times as wide as tall."""
    height = size[0] / 2 - 10
    top = 4.0 + min(t * 20.0, size[0] / 2)
    return Track(tracker_id, (20.0, top, 20.0 + width * height, top + height), score)


def doubtful_after(people: int, score: float, width: float) -> DoubtfulPeople:
    """The judgement after so many people, one every ten seconds."""
    size = (HEIGHT, WIDTH)
    tracks, doubtful = LineTracks(MID, Anchor.CENTER), DoubtfulPeople()
    for tracker_id in range(1, people + 1):
        for step in range(20):
            t = tracker_id * 10.0 + step / 10
            tracks.add([from_above(step / 10, tracker_id, score, width, size)], size, t)
            doubtful.add(t, tracks.doubts)
        tracks.add([], size, tracker_id * 10.0 + 5)
        doubtful.add(tracker_id * 10.0 + 5, tracks.doubts)
    return doubtful


@pytest.mark.parametrize(
    ("people", "score", "width", "is_reported"),
    [(12, 0.45, 0.9, True), (7, 0.45, 0.9, False), (12, 0.7, 0.9, False), (12, 0.45, 0.45, False)],
    ids=["uncertain and wide", "too few", "wide, but certain", "uncertain, but upright"],
)
def test_people_are_doubtful_if_they_are_as_wide_as_tall_and_hardly_recognised(
    people: int, score: float, width: float, is_reported: bool
) -> None:
    judged = doubtful_after(people, score, width)
    assert judged.people == min(people, 12)
    assert judged.is_reported is is_reported
    assert not judged.are_small


def test_boxes_that_the_edge_of_the_picture_cuts_off_say_nothing() -> None:
    quality = DetectionQuality()
    quality.add(Track(1, (0.0, 30.0, 70.0, 100.0), 0.4), (HEIGHT, WIDTH))
    assert quality.doubt is None
    quality.add(Track(1, (10.0, 30.0, 80.0, 100.0), 0.4), (HEIGHT, WIDTH))
    assert quality.doubt is Doubt.CLOSE_FROM_ABOVE


@pytest.mark.parametrize(
    ("height", "score", "doubt"), [(39, 0.45, Doubt.SMALL), (41, 0.45, None), (39, 0.55, None), (12, 0.3, Doubt.SMALL)]
)
def test_people_of_a_few_pixels_with_low_scores_are_doubtful(height: float, score: float, doubt: Doubt | None) -> None:
    """In pixels of the picture, whatever its size."""
    quality = DetectionQuality()
    for y in (30.0, 34.0):
        quality.add(Track(1, (40.0, y, 40.0 + 0.4 * height, y + height), score), (1080, 1920))
    assert quality.doubt is doubt


@pytest.mark.parametrize(("small", "are_small"), [(12, True), (7, True), (6, False)])
def test_the_sentence_is_about_small_people_if_most_of_the_doubtful_ones_are(small: int, are_small: bool) -> None:
    people = DoubtfulPeople()
    for number in range(12):
        people.add(number * 10.0, [Doubt.SMALL if number < small else Doubt.CLOSE_FROM_ABOVE])
    assert (people.is_reported, people.are_small) == (True, are_small)
    assert ("too small" in doubtful_sentence(12, 12, are_small=people.are_small)) is are_small


def test_the_report_of_doubtful_people_ends_when_most_are_recognised() -> None:
    people = DoubtfulPeople()
    reported = []
    for t in range(0, 220, 10):
        people.add(float(t), [Doubt.SMALL if t < 120 else None])
        reported.append(people.is_reported)
    # With four of the last twelve it is still reported, with three no more.
    assert reported.index(True) == 7
    assert reported[7:] == [True] * 13 + [False] * 2
    people.add(9000.0, [])
    assert (people.people, people.is_reported) == (0, False)


def after_small_walkers(monitor: PictureMonitor, camera: CameraStatus, first: int, last: int) -> Picture | None:
    """Show a small person every six seconds, whom the detector hardly knows, from one second to another."""
    for step in range(first * RATE, last * RATE):
        t = step / RATE
        y = 50.0 + 10 * (t % 6)
        tracks = (Track(int(t // 6), (75.0, y, 83.0, y + 20), 0.4),) if t % 6 < 2 else ()
        monitor.add(FrameResult(index=step, media_s=t, image=noisy(SHOP, step), tracks=tracks), t)
    return camera.picture


def test_people_who_are_too_small_are_reported_until_the_model_looks_at_another_region() -> None:
    camera = CameraStatus()
    monitor = PictureMonitor(camera, CountedLine(MID, Anchor.CENTER, 1))
    assert after_small_walkers(monitor, camera, 0, 90) is Picture.PEOPLE_NOT_SEEN
    assert "people are too small: 12 of the last 12" in str(camera.picture_problem)
    camera.region = (0.2, 0.2, 0.8, 0.8)
    assert after_small_walkers(monitor, camera, 90, 100) is Picture.OK
    assert after_small_walkers(monitor, camera, 100, 170) is Picture.PEOPLE_NOT_SEEN
