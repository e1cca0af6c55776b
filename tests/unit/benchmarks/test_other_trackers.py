"""The table of other trackers: its sums, and what the two processes say to each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.other_trackers import (
    OTHERS,
    MissingLibraryError,
    Recording,
    header,
    recordings_of,
    rows_of_other_environment,
    track_elsewhere,
    wrong_counts,
)
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import GroundTruth, LabelledCrossing
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections
from edge_worker.evaluation.replay import TrackedFrame, count_tracks, track_detections

SIZE = (400, 400)
PYTHON = Path(sys.executable)
LINE = Line(0, 0.5, 1, 0.5)
DOWN, UP = Direction.IN, Direction.OUT

EVERY_BOX = """
import json, sys

request = json.load(sys.stdin)
tracks = [
    [[[n, *person] for n, person in enumerate(people)] for people in recording["frames"]]
    for recording in request["recordings"]
]
json.dump({"version": f"of {request['library']} {request['tracker']}", "tracks": tracks}, sys.stdout)
"""
"""A tracker that gives the first person of every frame the id 0, the second 1."""


@pytest.fixture
def every_box(tmp_path: Path) -> Path:
    script = tmp_path / "every_box.py"
    script.write_text(EVERY_BOX, encoding="utf-8")
    return script


def script_that(tmp_path: Path, code: str) -> Path:
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    return script


def walk_down(frames: int = 30) -> ClipDetections:
    """A person of 40 pixels who walks down through the picture in three seconds; nobody is in the last frame."""
    centres = np.linspace(60, 340, frames - 1).tolist()
    boxes = [np.array([[192, y - 20, 208, y + 20]], np.float32) for y in centres]
    people = [Detections(box, np.array([0.9], np.float32)) for box in boxes]
    people.append(Detections(np.empty((0, 4), np.float32), np.empty(0, np.float32)))
    return ClipDetections(SIZE, tuple(FrameDetections(n, n / 10, one) for n, one in enumerate(people)))


def line(*crossings: tuple[float, Direction]) -> GroundTruth:
    labels = tuple(LabelledCrossing(t, direction) for t, direction in crossings)
    return GroundTruth("walk.mp4", LINE, Anchor.CENTER, 1.0, labels)


def tracked(recordings: list[Recording]) -> list[list[TrackedFrame]]:
    return [track_detections(recording.detections) for recording in recordings]


def crossing_direction() -> Direction:
    """The direction in which the person crosses, at 1.4 s."""
    clip = walk_down()
    [crossing] = count_tracks(track_detections(clip), SIZE, LINE, Anchor.CENTER)
    assert crossing.t == pytest.approx(1.4, abs=0.3)
    return crossing.direction


def test_a_clip_has_a_recording_for_every_first_frame_of_every_rate() -> None:
    recordings = recordings_of(walk_down(7), [("plaza", line())])
    indices = {(one.every, one.offset): [frame.index for frame in one.detections.frames] for one in recordings}
    assert indices == {
        (1, 0): [0, 1, 2, 3, 4, 5, 6],
        (2, 0): [0, 2, 4, 6],
        (2, 1): [1, 3, 5],
        (3, 0): [0, 3, 6],
        (3, 1): [1, 4],
        (3, 2): [2, 5],
    }


def test_missed_and_extra_crossings_are_summed_by_group_of_lines() -> None:
    there = crossing_direction()
    back = UP if there is DOWN else DOWN
    right = line((1.4, there))
    one_missed = line((1.4, there), (1.4, back))
    one_missed_one_extra = line((1.4, back))
    recordings = recordings_of(
        walk_down(), [("plaza", right), ("campus_a", one_missed), ("kitti_a", one_missed_one_extra)]
    )
    assert header(recordings).splitlines()[0] == "| tracker | 2 views (3) | doorway and plaza (1) |"
    cells = wrong_counts(recordings, tracked(recordings))
    assert cells == {"clips": "0 / 0 / 0 (0 / 0 / 0)", "views": "3 / 3 / 3 (3 / 3 / 3)"}


def test_the_mean_is_over_all_first_frames() -> None:
    recordings = recordings_of(walk_down(), [("plaza", line((1.4, crossing_direction())))])
    tracks = [
        [] if (one.every, one.offset) in {(2, 1), (3, 0)} else frames
        for one, frames in zip(recordings, tracked(recordings), strict=True)
    ]
    assert wrong_counts(recordings, tracks)["clips"] == "0 / 0 / 1 (0 / 0.5 / 0.3)"


def test_the_other_process_gets_the_detections_and_its_tracks_come_back(every_box: Path) -> None:
    clip = walk_down(4)
    version, [frames] = track_elsewhere(PYTHON, "trackers", "SORT", [clip], every_box)
    assert version == "of trackers SORT"
    assert [(frame.index, frame.media_s) for frame in frames] == [(0, 0.0), (1, 0.1), (2, 0.2), (3, 0.3)]
    for got, sent in zip(frames, clip.frames, strict=True):
        assert [track.box for track in got.tracks] == [tuple(box) for box in sent.detections.boxes.tolist()]
        assert [track.score for track in got.tracks] == sent.detections.scores.tolist()
    assert [[track.tracker_id for track in frame.tracks] for frame in frames] == [[1], [1], [1], []]


def test_the_other_process_sees_no_modules_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "beside_the_script.py").touch()
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "on_our_path.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    names = ["beside_the_script", "on_our_path"]
    found = f"[importlib.util.find_spec(name) for name in {names}]"
    script = script_that(tmp_path, f"import importlib.util, json; print(json.dumps({{'missing': str({found})}}))")
    with pytest.raises(MissingLibraryError, match=r"^\[None, None\]$"):
        track_elsewhere(PYTHON, "trackers", "SORT", [], script)


def test_a_tracker_that_fails_stops_the_run(tmp_path: Path) -> None:
    script = script_that(tmp_path, "raise SystemExit(3)")
    with pytest.raises(subprocess.CalledProcessError, match="exit status 3"):
        track_elsewhere(PYTHON, "trackers", "SORT", [walk_down()], script)


@pytest.mark.parametrize("tracks", ["[]", "[[[]]]"])
def test_an_answer_with_too_few_frames_is_refused(tmp_path: Path, tracks: str) -> None:
    script = script_that(tmp_path, f'print(\'{{"version": "1", "tracks": {tracks}}}\')')
    with pytest.raises(ValueError, match=r"SORT of trackers answered \[1?\] frames instead of \[3\]"):
        track_elsewhere(PYTHON, "trackers", "SORT", [walk_down(3)], script)


def test_each_tracker_of_each_library_has_a_row(every_box: Path) -> None:
    recordings = recordings_of(walk_down(), [("plaza", line((1.4, crossing_direction())))])
    rows = list(rows_of_other_environment(recordings, PYTHON, every_box))
    assert rows == [
        f"| {tracker} of `{library}` of {library} {tracker} | 0 / 0 / 0 (0 / 0 / 0) | 0 / 0 / 0 (0 / 0 / 0) |"
        for library, trackers in OTHERS.items()
        for tracker in trackers
    ]


def test_a_library_that_is_missing_is_left_out_in_one_line() -> None:
    recordings = recordings_of(walk_down(3), [("plaza", line())])
    assert list(rows_of_other_environment(recordings, PYTHON)) == [
        f"\n`{library}` is left out: No module named '{library}'." for library in OTHERS
    ]
