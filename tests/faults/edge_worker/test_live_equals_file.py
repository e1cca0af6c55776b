"""Views from above and small people: the live path counts what the file mode counts, frame by frame.

The clips are played slower than they were filmed, for the file mode as well, so that a busy machine of two cores keeps
up with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain, islice, repeat
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.small_people import SmallScene
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_memory import RegionMemory
from edge_worker.overhead.parameters import tracker_parameters
from edge_worker.overhead.turns import PLAIN, turns_from_above
from edge_worker.overhead.view import View
from edge_worker.overhead.view_memory import ViewMemory
from edge_worker.pipeline.counting_stage import CountingStage
from tests.assets import clip, models_folder
from tests.faults.edge_worker.live_run import (
    CountedFrame,
    FrameRecord,
    LiveRun,
    LookedAt,
    count_live,
    detector_process,
    pictures_of,
    write_h264,
)
from tests.faults.edge_worker.rtsp_camera import address, camera
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving

LEAST_PROCESSED = 0.5
"""With fewer of the frames, the machine is too slow for the comparison to say anything."""
TIME_TOLERANCE_S = 0.005
"""RTP has 90,000 ticks a second; events have milliseconds."""


class Counted(NamedTuple):
    """Where people are counted."""

    line: Line
    anchor: Anchor


def run_live(port: int, path: Path, at: Counted, folder: Path, monkeypatch: pytest.MonkeyPatch) -> LiveRun:
    """Count a clip that a camera plays once, with what was found out before beside the outbox in the folder."""
    record = FrameRecord(path, monkeypatch)
    with serving(RecordingBackend()) as backend, camera(port, clip=path, codec="as-it-is"):
        backend.line, backend.anchor = list(at.line.points), at.anchor.value
        source = address(port)
        options = backend.run_options(source, folder)
        with detector_process(folder, backend, source) as sockets:
            run = count_live(record, options, sockets, backend)
    processed = len(run.frames) / record.size
    assert processed >= LEAST_PROCESSED, f"{processed:.0%} of the frames were processed"
    return run


def counted_again(run: LiveRun, looks: Mapping[LookedAt, ClipDetections], at: Counted) -> list[tuple[Crossing, ...]]:
    """The crossings of each frame, from the detections of the file mode, looked at as the worker looked."""
    size = next(iter(looks.values())).size
    view = run.frames[0].view
    stage = CountingStage(at.line, view.anchor(at.anchor), tracker=tracker_parameters(view))
    found = []
    for frame in run.frames:
        if frame.view is not view:
            view = frame.view
            stage.set_line(at.line, view.anchor(at.anchor))
            stage.set_tracker(tracker_parameters(view))
        seen = Detections.none()
        if frame.looked_at is not None:
            seen = looks[frame.looked_at].frames[frame.number].detections
        found.append(tuple(stage.update(seen, size, frame.number, frame.media_s)[1]))
    return found


def of_file(frames: Sequence[CountedFrame], detections: ClipDetections, at: Counted, view: View) -> list[Crossing]:
    """The crossings of the file mode, which looks at every frame, in the frames that a camera was counted in."""
    stage = CountingStage(at.line, view.anchor(at.anchor), tracker=tracker_parameters(view))
    found: list[Crossing] = []
    for frame in frames:
        seen = detections.frames[frame.number].detections
        found += stage.update(seen, detections.size, frame.number, frame.media_s)[1]
    return found


def assert_same_crossings(found: Sequence[Crossing], expected: Sequence[Crossing], tolerance_s: float) -> None:
    assert [one.direction for one in found] == [one.direction for one in expected]
    assert [one.t for one in found] == pytest.approx([one.t for one in expected], abs=tolerance_s)


def assert_equal_frame_by_frame(run: LiveRun, expected: Sequence[tuple[Crossing, ...]], fps: Fraction) -> None:
    """The frames have the times of the clip, each has the crossings of the file mode, and the backend has them all."""
    first = run.frames[0]
    assert [frame.media_s for frame in run.frames] == pytest.approx(
        [float((frame.number - first.number) / fps) for frame in run.frames], abs=TIME_TOLERANCE_S
    )
    for frame, crossings in zip(run.frames, expected, strict=True):
        assert_same_crossings(frame.crossings, crossings, TIME_TOLERANCE_S)
    assert [event["direction"] for event in run.events] == [
        one.direction.value for one in sorted(run.crossings, key=lambda one: one.t)
    ]
    # The clock of the worker is corrected by that of the backend while it runs, so only distances are compared.
    times = [datetime.fromisoformat(str(event["ts"])).timestamp() for event in run.events]
    media = sorted(one.t for one in run.crossings)
    assert [t - times[0] for t in times] == pytest.approx([t - media[0] for t in media], abs=0.25)


@pytest.fixture(autouse=True)
def real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_camera_from_straight_above_is_counted_as_a_file_from_the_first_frame_after_a_restart(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bus door at night, whose view was found out before; 45 s with 7.5 pictures a second, played at 2."""
    fps = Fraction(2)
    truth = read_ground_truth(clip("views/busdark.truth.json"))
    at = Counted(truth.line, truth.anchor)
    pictures = islice(pictures_of(clip("views/busdark.mp4"), step=2), 338)
    path = write_h264(tmp_path / "busdark.mp4", pictures, fps)
    ViewMemory.beside(tmp_path / "outbox.db").write(View.ABOVE)
    run = run_live(port, path, at, tmp_path, monkeypatch)
    above = detect_clip(path, above_line=truth.line, threads=1)
    turns = turns_from_above(truth.line, above.size)
    assert {frame.view for frame in run.frames} == {View.ABOVE}
    assert {frame.looked_at for frame in run.frames} <= {(turns, None), None}
    assert_equal_frame_by_frame(run, counted_again(run, {(turns, None): above}, at), fps)
    in_file = of_file(run.frames, above, at, View.ABOVE)
    assert len(in_file) >= 4  # of nine; with gaps between the frames some are missed, in both modes
    assert_same_crossings(run.crossings, in_file, float(1 / fps))  # the gate loses nobody


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_camera_with_small_people_is_counted_as_a_file_before_and_after_its_region_is_found_out(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doorway at half of its size, again and again; 12.5 pictures a second, played at 3."""
    fps = Fraction(3)
    truth = read_ground_truth(clip("doorway_2.truth.json"))
    scene = SmallScene(2, is_reduced=True)
    at = Counted(scene.line(truth.line), truth.anchor)
    small = scene.write(clip("doorway_2.mpg"), tmp_path / "small.avi", step=2)
    again = chain.from_iterable(pictures_of(path) for path in repeat(small, 3))
    path = write_h264(tmp_path / "small.mp4", again, fps)
    run = run_live(port, path, at, tmp_path, monkeypatch)
    region = _only_region(run)
    assert RegionMemory.beside(tmp_path / "outbox.db").read(at.line, (288, 384)) == region
    looks: dict[LookedAt, ClipDetections] = {
        (PLAIN, None): detect_clip(path, threads=1),
        (PLAIN, region): detect_clip(path, region=region, threads=1),
    }
    assert_equal_frame_by_frame(run, counted_again(run, looks, at), fps)
    since = next(number for number, frame in enumerate(run.frames) if frame.looked_at == (PLAIN, region))
    in_file = of_file(run.frames[since:], looks[PLAIN, region], at, View.SIDE)
    assert len(in_file) >= 2
    later = [one for one in run.crossings if one.t >= in_file[0].t - float(1 / fps)]
    assert_same_crossings(later, in_file, float(1 / fps))


def _only_region(run: LiveRun) -> Region:
    """The region that was found out; None was before it, and it stays."""
    looked_at = [frame.looked_at for frame in run.frames if frame.looked_at is not None]
    regions = [region for _, region in dict.fromkeys(looked_at)]
    assert regions[0] is None
    assert len(regions) == 2
    assert regions[1] is not None
    assert looked_at == sorted(looked_at, key=lambda one: one[1] is not None), "the region was left again"
    return regions[1]
