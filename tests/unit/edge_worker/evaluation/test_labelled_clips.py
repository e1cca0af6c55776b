from __future__ import annotations

import json
from pathlib import Path

import pytest

from edge_worker.errors import UsageError
from edge_worker.evaluation.labelled_clips import find_labelled_clips


def label(file: Path, clip: str | None = None) -> None:
    document = {"line": [0, 0.5, 1, 0.5], "crossings": [{"t": 1, "direction": "IN"}]}
    file.write_text(json.dumps(document | ({"clip": clip} if clip else {})))


def touch(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"video")


def test_clips_are_found_in_folders_below_the_folder_with_all_their_truth_files(tmp_path: Path) -> None:
    door, street = tmp_path / "door.mp4", tmp_path / "views" / "street.mp4"
    touch(door, street, tmp_path / "views" / "unlabelled.mp4")
    label(tmp_path / "door.truth.json")
    label(street.with_name("street_a.truth.json"), "street.mp4")
    label(street.with_name("street_b.truth.json"), "street.mp4")
    found = {clip.path: [name for name, _ in clip.truths] for clip in find_labelled_clips(tmp_path)}
    assert found == {door: ["door"], street: ["street_a", "street_b"]}


def test_a_single_clip_has_the_truth_files_that_name_it_or_the_given_ones(tmp_path: Path) -> None:
    street, other = tmp_path / "street.mp4", tmp_path / "other.mp4"
    touch(street, other)
    label(tmp_path / "a.truth.json", "street.mp4")
    label(tmp_path / "b.truth.json", "other.mp4")
    (clip,) = find_labelled_clips(street)
    assert [name for name, _ in clip.truths] == ["a"]
    (clip,) = find_labelled_clips(street, [tmp_path / "b.truth.json", tmp_path / "a.truth.json"])
    assert [name for name, _ in clip.truths] == ["b", "a"]


def test_a_truth_file_of_a_clip_that_is_not_there_is_reported(tmp_path: Path) -> None:
    label(tmp_path / "a.truth.json", "gone.mp4")
    with pytest.raises(UsageError, match=r"a\.truth\.json names the clip 'gone\.mp4', which is not beside it"):
        find_labelled_clips(tmp_path)


def test_a_folder_without_labels_a_clip_without_labels_and_truth_files_for_a_folder_are_errors(tmp_path: Path) -> None:
    touch(tmp_path / "street.mp4")
    with pytest.raises(UsageError, match=r"no clip in .* has a truth file"):
        find_labelled_clips(tmp_path)
    label(tmp_path / "a.truth.json", "street.mp4")
    touch(tmp_path / "other.mp4")
    with pytest.raises(UsageError, match=r"no truth file beside .*other\.mp4 names it"):
        find_labelled_clips(tmp_path / "other.mp4")
    with pytest.raises(UsageError, match="--truth needs a single clip"):
        find_labelled_clips(tmp_path, [tmp_path / "a.truth.json"])
