"""``metrica-edge score``: several lines of one clip at several frame rates from one pass of the detector."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.recorded_detections import detect_clip
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.pipeline.clip_count import count_clip
from tests.assets import clip, models_folder

SECONDS = 240


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a clip of 71 frames and its two lines in a folder below it."""
    models_folder()
    original = clip("views/campus.mp4")
    below = tmp_path_factory.mktemp("labelled") / "below"
    below.mkdir()
    for name in ("campus.mp4", "campus_a.truth.json", "campus_b.truth.json"):
        (below / name).write_bytes((original.parent / name).read_bytes())
    return below.parent


def score(path: Path, *arguments: str, detections: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = "import sys; from edge_worker.cli import main; sys.exit(main(sys.argv[1:]))"
    kept = str(detections or path / "detections")
    command = [sys.executable, "-c", code, "score", str(path), "--detections", kept, *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)


def test_two_lines_at_three_rates_come_from_one_pass_of_the_detector(folder: Path) -> None:
    done = score(folder, "--every", "1,2,3", "--json", "-")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [(one["line"], one["every"]) for one in document["lines"]] == [
        (name, every) for name in ("campus_a", "campus_b") for every in (1, 2, 3)
    ]
    assert [(one["every"], one["labelled"]) for one in document["all"]] == [(1, 10), (2, 10), (3, 10)]
    assert document["all"][0]["recall_interval"][0] < document["all"][0]["recall"]
    assert done.stderr.count("yolo26n on") == 1

    table = score(folder, "--every", "1,2,3")
    assert "yolo26n on" not in table.stderr, "the recorded detections were not used"
    assert "full rate: " in table.stdout
    assert "a third of the rate: " in table.stdout
    refused = score(folder, "--every", "1,0")
    assert refused.returncode != 0
    assert "--every is '1,0': give whole numbers" in refused.stderr


def test_labels_that_are_early_are_noticed_and_moved_on_request(folder: Path) -> None:
    early = folder / "early.truth.json"
    truth = json.loads((folder / "below" / "campus_b.truth.json").read_text())
    for crossing in truth["crossings"]:
        crossing["t"] = round(crossing["t"] - 2.5, 2)
    early.write_text(json.dumps(truth))
    of_clip = ("--truth", str(early), "--view", "side", "--quiet")
    noticed = score(folder / "below" / "campus.mp4", *of_clip, detections=folder / "detections")
    assert noticed.returncode == 0, noticed.stderr
    [sentence] = [line for line in noticed.stdout.splitlines() if "the labels seem to be 2." in line]
    assert sentence.startswith("early: ")
    assert " s early: moved by that, " in sentence
    moved = score(folder / "below" / "campus.mp4", *of_clip, "--offset", "2.5", detections=folder / "detections")
    assert "early: +2.5 s were added to the labels" in moved.stdout
    assert "the labels seem to be" not in moved.stdout
    refused = score(folder, "--offset", "2.5")
    assert refused.returncode != 0
    assert "--offset needs a single clip" in refused.stderr
    early.unlink()


@pytest.mark.slow
def test_a_recorded_clip_is_counted_as_the_clip_itself(folder: Path) -> None:
    (labelled,) = find_labelled_clips(folder)
    (_, truth), _ = labelled.truths
    detections = detect_clip(labelled.path, folder=folder / "detections")
    again = detect_clip(labelled.path, folder=folder / "detections")
    counted = count_clip(str(labelled.path), line=truth.line, anchor=truth.anchor)
    for one in (detections, again):
        crossings = count_tracks(track_detections(one), one.size, truth.line, truth.anchor)
        assert sorted(crossings, key=lambda c: (c.t, c.tracker_id)) == list(counted.crossings)
    assert len(counted.crossings) >= 4
    assert [frame.index for frame in detections.every(3)][:3] == [0, 3, 6]
