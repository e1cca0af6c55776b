"""Labelled clips: video files, each with one truth file or several (one per line)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edge_worker.errors import UsageError
from edge_worker.evaluation.ground_truth import TRUTH_SUFFIX, GroundTruth, read_ground_truth
from edge_worker.video.address import checked_file


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """A clip and its labels.

    Attributes:
        path: The video file.
        truths: The name of each truth file without its suffix, and its labels; one per line.
    """

    path: Path
    truths: tuple[tuple[str, GroundTruth], ...]


def find_labelled_clips(path: Path, truth_files: Sequence[Path] = ()) -> list[LabelledClip]:
    """Return a clip with its labels, or all labelled clips in a folder and the folders below it.

    A truth file belongs to the clip in the same folder that it names in its field ``clip``.

    Args:
        path: A video file or a folder.
        truth_files: The truth files of a single clip; all files beside it that name it if there are none.

    Raises:
        UsageError: There is no labelled clip, or a truth file cannot be read or names a clip that is not there.
    """
    if path.is_dir():
        if truth_files:
            raise UsageError("--truth needs a single clip; in a folder, each truth file names its clip")
        return _in_folder(path)
    clip = checked_file(str(path))
    if truth_files:
        return [LabelledClip(clip, tuple((_name(file), read_ground_truth(file)) for file in truth_files))]
    found = [one for one in _in_folder(clip.parent, f"*{TRUTH_SUFFIX}") if one.path.name == clip.name]
    if not found:
        raise UsageError(
            f"no truth file beside {clip} names it: name the file with --truth, or write {clip.stem}{TRUTH_SUFFIX}"
        )
    return found


def _in_folder(folder: Path, pattern: str = f"**/*{TRUTH_SUFFIX}") -> list[LabelledClip]:
    truths: dict[Path, list[tuple[str, GroundTruth]]] = {}
    for file in sorted(folder.glob(pattern)):
        truth = read_ground_truth(file)
        clip = file.with_name(truth.clip)
        if not clip.is_file():
            raise UsageError(f"the truth file {file} names the clip {truth.clip!r}, which is not beside it")
        truths.setdefault(clip, []).append((_name(file), truth))
    if not truths:
        raise UsageError(f"no clip in {folder} has a truth file (<name>{TRUTH_SUFFIX}) beside it")
    return [LabelledClip(clip, tuple(labels)) for clip, labels in sorted(truths.items())]


def _name(file: Path) -> str:
    return file.name.removesuffix(TRUTH_SUFFIX)
