"""Wrong counts of other trackers under our line counter: the table of ``docs/accuracy.md``.

``python -m benchmarks.other_trackers FOLDER --python PATH`` prints a Markdown table. All trackers get the same
detections of whole pictures, the same box height filter and the same line counter; each has its defaults, without
re-identification and without compensation of camera motion. PATH is the Python of an environment that has `trackers`
and `boxmot`, whose requirements clash with ours; ``other_trackers_library.py`` runs in it. To make one::

    python -m venv build/peers/trackers
    build/peers/trackers/bin/pip install trackers==2.6.1 boxmot==25.0.0 torch==2.13.0 torchvision==0.28.0

Each cell is the wrong counts (missed + extra) at full / half / a third of the frame rate, with the first frame of the
clip as the first frame. In brackets is the mean over all first frames that the rate can have.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.edge_counting import group_of
from benchmarks.tracker_peers import track_with_ultralytics, with_box_heights
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.evaluation.replay import TrackedFrame, count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings
from edge_worker.tracking.byte_track import Track

GROUPS = {"views": "{} views", "clips": "doorway and plaza"}
"""The groups of lines, and how the table calls them. Views from above, whose pictures are turned, are left out."""
ULTRALYTICS = {
    "bytetrack": "ByteTrack",
    "botsort": "BoT-SORT without re-identification",
    "tracktrack": "TrackTrack (its default)",
}
OTHERS = {
    "trackers": ("ByteTrack", "OC-SORT", "C-BIoU", "BoT-SORT", "SORT"),
    "boxmot": ("ByteTrack", "OC-SORT", "BoT-SORT", "BoostTrack", "SFSORT"),
}
"""The trackers of each library that work without the pictures."""
SCRIPT = Path(__file__).with_name("other_trackers_library.py")


class MissingLibraryError(Exception):
    """The other environment cannot import a library."""


@dataclass(frozen=True)
class Recording:
    """The detections of a clip at one frame rate, and its lines.

    Attributes:
        every: Every which frame of the clip is used.
        offset: The first frame that is used, less than ``every``.
        detections: The people in these frames.
        truths: The name and the labels of each line.
    """

    every: int
    offset: int
    detections: ClipDetections
    truths: tuple[tuple[str, GroundTruth], ...]


def recordings_of(detections: ClipDetections, truths: Sequence[tuple[str, GroundTruth]]) -> list[Recording]:
    """Return the recordings of a clip: every rate with every first frame."""
    return [
        Recording(every, offset, phase, tuple(truths))
        for every in RATES
        for offset, phase in enumerate(detections.phases(every))
    ]


def wrong_counts(recordings: Sequence[Recording], tracks: Sequence[Sequence[TrackedFrame]]) -> Mapping[str, str]:
    """Return the cell of each group of lines.

    Args:
        recordings: The recordings.
        tracks: The tracks of each recording, with the boxes that the line counter gets.
    """
    wrong = {group: {(every, offset): 0 for every in RATES for offset in range(every)} for group in GROUPS}
    for recording, frames in zip(recordings, tracks, strict=True):
        for name, truth in recording.truths:
            counted = count_tracks(frames, recording.detections.size, truth.line, truth.anchor)
            score = score_crossings(counted, truth.crossings, truth.tolerance_s)
            wrong[group_of(name)][recording.every, recording.offset] += score.wrong
    return {group: _cell(by_phase) for group, by_phase in wrong.items()}


def track_elsewhere(
    python: Path, library: str, tracker: str, recordings: Sequence[ClipDetections], script: Path = SCRIPT
) -> tuple[str, list[list[TrackedFrame]]]:
    """Return the version of a library and the tracks of one of its trackers, with the boxes as it returns them.

    Args:
        python: The Python of the environment in which the library is.
        library: A key of `OTHERS`.
        tracker: One of its trackers.
        recordings: The detections.
        script: What runs there.

    Raises:
        MissingLibraryError: The environment does not have the library.
        subprocess.CalledProcessError: The tracker failed; the reason is on standard error.
        ValueError: The answer has another number of recordings or frames than the request.
    """
    request = {
        "library": library,
        "tracker": tracker,
        "recordings": [
            {
                "size": clip.size,
                "frames": [
                    [
                        [*box, score]
                        for box, score in zip(
                            frame.detections.boxes.tolist(), frame.detections.scores.tolist(), strict=True
                        )
                    ]
                    for frame in clip.frames
                ],
            }
            for clip in recordings
        ],
    }
    # Isolated (-I), so that the other environment sees neither our PYTHONPATH nor the modules beside the script.
    command = [str(python), "-I", str(script)]
    done = subprocess.run(command, input=json.dumps(request), check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "missing" in answer:
        raise MissingLibraryError(answer["missing"])
    asked, got = [len(clip.frames) for clip in recordings], [len(frames) for frames in answer["tracks"]]
    if got != asked:
        raise ValueError(f"{tracker} of {library} answered {got} frames instead of {asked}")
    return answer["version"], [
        [
            TrackedFrame(frame.index, frame.media_s, tuple(_track(row) for row in rows))
            for frame, rows in zip(clip.frames, frames, strict=True)
        ]
        for clip, frames in zip(recordings, answer["tracks"], strict=True)
    ]


def rows_of_this_environment(recordings: Sequence[Recording]) -> Iterator[str]:
    """Yield the rows of Metrica's tracker and of Ultralytics' trackers."""
    detections = [recording.detections for recording in recordings]
    yield _row("Metrica's ByteTrack", recordings, [track_detections(clip) for clip in detections])
    for configuration, name in ULTRALYTICS.items():
        tracks = [with_box_heights(track_with_ultralytics(clip, configuration, 1)) for clip in detections]
        yield _row(f"Ultralytics {version('ultralytics')}, {name}", recordings, tracks)


def rows_of_other_environment(recordings: Sequence[Recording], python: Path, script: Path = SCRIPT) -> Iterator[str]:
    """Yield the rows of the other libraries, and then a line for each that is left out because it is missing.

    Args:
        recordings: The recordings of all clips.
        python: The Python of the other environment.
        script: What runs there.
    """
    left_out = []
    for library, trackers in OTHERS.items():
        for tracker in trackers:
            detections = [recording.detections for recording in recordings]
            try:
                release, tracks = track_elsewhere(python, library, tracker, detections, script)
            except MissingLibraryError as error:
                left_out.append(f"\n`{library}` is left out: {error}.")
                break
            name = f"{tracker} of `{library}` {release}"
            yield _row(name, recordings, [with_box_heights(frames) for frames in tracks])
    yield from left_out


def header(recordings: Sequence[Recording]) -> str:
    """Return the head of the table, with the number of lines and of labelled crossings."""
    cells = []
    for group, name in GROUPS.items():
        truths = [
            truth
            for recording in recordings
            if recording.every == 1
            for line, truth in recording.truths
            if group_of(line) == group
        ]
        cells.append(f"{name.format(len(truths))} ({sum(len(truth.crossings) for truth in truths)})")
    return f"| tracker | {' | '.join(cells)} |\n|---|{'---|' * len(GROUPS)}"


def _row(name: str, recordings: Sequence[Recording], tracks: Sequence[Sequence[TrackedFrame]]) -> str:
    cells = wrong_counts(recordings, tracks)
    return f"| {name} | {' | '.join(cells[group] for group in GROUPS)} |"


def _cell(by_phase: Mapping[tuple[int, int], int]) -> str:
    """Return wrong counts by (every, offset) as a cell: those of the first frame, and the means."""
    means = [sum(by_phase[every, offset] for offset in range(every)) / every for every in RATES]
    first = " / ".join(str(by_phase[every, 0]) for every in RATES)
    return f"{first} ({' / '.join(f'{mean:.1f}'.removesuffix('.0') for mean in means)})"


def _track(row: Sequence[float]) -> Track:
    tracker_id, x1, y1, x2, y2, score = row
    return Track(int(tracker_id) + 1, (x1, y1, x2, y2), score)  # the libraries number from 0 on, Metrica from 1 on


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep the detections here")
    parser.add_argument("--python", type=Path, metavar="PATH", help="a Python that has trackers and boxmot")
    arguments = parser.parse_args()
    if arguments.python is not None and not arguments.python.is_file():
        parser.error(f"--python {arguments.python}: there is no such file")
    recordings = []
    for clip in find_labelled_clips(arguments.folder):
        truths = [(name, truth) for name, truth in clip.truths if group_of(name) in GROUPS]
        if truths:
            print(f"benchmarks: detect {clip.path.name}", file=sys.stderr, flush=True)
            recordings += recordings_of(detect_clip(clip.path, folder=arguments.detections), truths)
    print(header(recordings))
    for row in rows_of_this_environment(recordings):
        print(row, flush=True)
    if arguments.python is None:
        print(f"\n{' and '.join(f'`{library}`' for library in OTHERS)} are left out: --python is not given.")
        return
    for row in rows_of_other_environment(recordings, arguments.python):
        print(row, flush=True)


if __name__ == "__main__":
    main()
