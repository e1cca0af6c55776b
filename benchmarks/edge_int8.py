"""A model with 8 bits: speed against 32 bits, the bare model and Ultralytics' ObjectCounter, and wrong counts.

``python -m benchmarks.edge_int8`` prints these rows alone, in about 13 minutes on two cores. The model is quantised by
``metrica-edge export --int8`` in a folder of its own, so nothing on this machine takes it afterwards. It is calibrated
with clips that are not scored. 8 and 32 bits are compared as the worker loads them, in turns (`int8_speed`). Bare
models, pipeline and peer take turns as processes, and the best of each counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.edge_counting import OVERHEAD
from benchmarks.row import Row, at_least, at_most, figure
from edge_worker.benchmark.child_process import run_measurement
from edge_worker.detection.openvino_detector import OpenVinoDetector
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import LONGEST_SIDE
from edge_worker.evaluation.labelled_clips import LabelledClip, find_labelled_clips
from edge_worker.evaluation.recorded_detections import detect_source
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings
from edge_worker.video.source import open_source

CALIBRATION_CLIPS = ("views/stadtmitte.mp4", "views/onebyone.mp4")
CHECK_CLIP = "doorway_2.mpg"
SPEED_CLIP = "plaza.avi"
SPEED_TRUTH = "plaza.truth.json"
ROUNDS = 5
F32_FRAMES = 350
INT8_FRAMES = 750
PEER_FRAMES = 120
"""Ten seconds each, as the pipeline takes: a shorter run can fall into a moment in which the machine is free."""


def rows(clips: Path) -> list[Row]:
    """Return the rows of a model with 8 bits.

    Args:
        clips: The folder of the labelled clips.
    """
    with tempfile.TemporaryDirectory() as folder:
        original, quantised = _export(clips, Path(folder))
        return [*_speed(clips, original, quantised), *_wrong_counts(clips, original, quantised)]


def _export(clips: Path, folder: Path) -> tuple[Path, Path]:
    """Return the model in 32 bits and the one with 8 bits."""
    _note("export --int8")
    calibration = [argument for name in CALIBRATION_CLIPS for argument in ("--calibrate", str(clips / name))]
    command = [sys.executable, "-m", "edge_worker.cli", "export", "--int8", *calibration]
    subprocess.run(
        [*command, "--check", str(clips / CHECK_CLIP)],
        check=True,
        stdout=sys.stderr,
        env={**os.environ, "METRICA_CACHE": str(folder)},
    )
    [original] = folder.rglob("yolo26n.xml")
    [quantised] = folder.rglob("yolo26n_int8.xml")
    return original, quantised


def _speed(clips: Path, original: Path, quantised: Path) -> list[Row]:
    clip = str(clips / SPEED_CLIP)
    loaded, f32, int8, ours, peer = [], [], [], [], []
    for _ in range(ROUNDS):
        _note("int8_speed")
        loaded.append(run_measurement("benchmarks.int8_speed", clip, str(original), str(quantised)).answer)
        f32.append(_bare_rate(clip, original, F32_FRAMES))
        int8.append(_bare_rate(clip, quantised, INT8_FRAMES))
        ours.append(_pipeline_rate(clip, quantised))
        _note("edge_peers object_counter")
        answer = run_measurement("benchmarks.edge_peers", "object_counter", str(clips / SPEED_TRUTH), str(PEER_FRAMES))
        peer.append(float(answer.answer["rate"]))
    note = f"{SPEED_CLIP}, OpenVINO, yolo26n"
    f32_ms, int8_ms = (min(float(times[name]) for times in loaded) for name in ("f32", "int8"))
    return [
        figure("edge_f32_bare_model_frames_per_s", max(f32), "frames/s", note),
        figure("edge_int8_bare_model_frames_per_s", max(int8), "frames/s", f"{note}; the rest in f32"),
        figure("edge_int8_vs_f32_bare_model", max(int8) / max(f32), "×", "with the input of the file, which is floats"),
        figure("edge_f32_loaded_model", f32_ms, "ms", "per frame; as the worker loads it, bf16 off"),
        figure("edge_int8_loaded_model", int8_ms, "ms", "the same"),
        at_least("edge_int8_vs_f32", f32_ms / int8_ms, 2, "×", "both as the worker loads them, bf16 off"),
        figure("edge_int8_frames_per_s", max(ours), "frames/s", f"{note}; detect, track, count"),
        at_least("edge_int8_vs_bare_model", max(ours) / max(int8), 0.92, "×", "same backend, same input size"),
        at_least("edge_int8_vs_object_counter", max(ours) / max(peer), 6, "×", "Ultralytics, yolo26n.pt"),
    ]


def _bare_rate(clip: str, model: Path, frames: int) -> float:
    """Return the frames per second of a model with bf16 off."""
    _note(f"model_speed {model.stem}")
    arguments = (clip, str(model), str(frames), "f32")
    return float(run_measurement("edge_worker.benchmark.model_speed", *arguments).answer["rate"])


def _pipeline_rate(clip: str, model: Path) -> float:
    _note(f"pipeline_speed {model.stem}")
    answer = run_measurement("edge_worker.benchmark.pipeline_speed", clip, "openvino", str(model), "0").answer
    return float((answer["frames"] - 1) / (answer["last"] - answer["first"]))


def _wrong_counts(clips: Path, original: Path, quantised: Path) -> list[Row]:
    used = {(clips / name).resolve() for name in CALIBRATION_CLIPS}
    scored = [clip for clip in find_labelled_clips(clips) if clip.path.resolve() not in used]
    before, after = _wrong(scored, original), _wrong(scored, quantised)
    found = []
    for every, rate in RATES.items():
        limit, wrong = before[False, every], after[False, every]
        found.append(at_most(f"edge_int8_wrong_{every}", wrong, limit, "", f"not more than in f32; {rate}"))
    for every, rate in RATES.items():
        note = f"seen from straight above, {before[True, every]} in f32; {rate}"
        found.append(figure(f"edge_int8_overhead_wrong_{every}", after[True, every], "", note))
    return found


def _wrong(clips: Sequence[LabelledClip], model: Path) -> dict[tuple[bool, int], int]:
    """Return how many crossings are missed or invented with bf16 off, for overhead lines or the others and per rate."""
    wrong = {(overhead, every): 0 for overhead in (False, True) for every in RATES}
    for clip in clips:
        _note(f"count {clip.path.name} with {model.stem}")
        source = open_source(str(clip.path))
        try:
            size = input_size(source.size, LONGEST_SIDE)
            detections = detect_source(source, OpenVinoDetector(model, model.stem, size, full_precision=True))
        finally:
            source.close()
        for every in RATES:
            tracks = track_detections(detections, step=every)
            for name, truth in clip.truths:
                counted = count_tracks(tracks, detections.size, truth.line, truth.anchor)
                score = score_crossings(counted, truth.crossings, truth.tolerance_s)
                wrong[name in OVERHEAD, every] += score.wrong
    return wrong


def _note(text: str) -> None:
    print(f"benchmarks: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    from benchmarks.__main__ import table
    from benchmarks.edge import CLIPS

    print(table(rows(CLIPS)))
