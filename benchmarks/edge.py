"""The edge worker: speed compared with the bare model and with peers, memory and start time.

`edge_sources` adds several sources on one box, `edge_idle` empty scenes, `edge_int8` the model with 8 bits,
`edge_counting` the accuracy, `moved_lines` that of lines beside the labelled ones, `small_people` that for people who
are small in the picture.

``python -m benchmarks edge``, or ``python -m benchmarks.edge`` alone. Every measurement is a process of its own. The
pipeline, the bare model and the peers take turns, and the best of each counts, so that other load affects all alike.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import edge_counting, edge_idle, edge_int8, edge_sources, moved_lines, small_people
from benchmarks.row import Row, at_least, at_most, figure, missing
from edge_worker.benchmark.child_process import Measurement, run_measurement
from edge_worker.errors import EdgeError

CLIPS = Path(__file__).resolve().parents[2] / "shared" / "clips"
SPEED_CLIP = "plaza.avi"
SPEED_TRUTH = CLIPS / "plaza.truth.json"
ROUNDS = 3
BARE_FRAMES = 750
"""About ten seconds, as the pipeline takes: a shorter run can fall into a moment in which the machine is free."""
PEER_FRAMES = 120
"""Peers are slow, and their speed is the same along the clip."""


def rows() -> list[Row]:
    """Return the rows of the edge worker; one missing row if the clips are not there."""
    if not (CLIPS / SPEED_CLIP).is_file():
        return [missing("edge", "", f"the clips are not in {CLIPS.parent.name}/{CLIPS.name} beside the checkout")]
    return [
        *_speed(str(CLIPS / SPEED_CLIP)),
        *edge_sources.rows(),
        *edge_idle.rows(CLIPS),
        *edge_int8.rows(CLIPS),
        *edge_counting.rows(CLIPS),
        *moved_lines.rows(CLIPS),
        *small_people.rows(CLIPS),
    ]


def _speed(clip: str) -> list[Row]:
    _measure("edge_worker.benchmark.pipeline_speed", clip, "openvino", "", "1")  # exports the model on first use
    ours: list[Measurement] = []
    bare: list[float] = []
    peers: dict[str, list[float]] = {"object_counter": [], "line_zone": []}
    problems: dict[str, str] = {}
    for _ in range(ROUNDS):
        bare.append(float(_measure("edge_worker.benchmark.model_speed", clip, "", str(BARE_FRAMES)).answer["rate"]))
        ours.append(_measure("edge_worker.benchmark.pipeline_speed", clip, "openvino", "", "0"))
        for name, rates in peers.items():
            try:
                answer = _measure("benchmarks.edge_peers", name, str(SPEED_TRUTH), str(PEER_FRAMES)).answer
                rates.append(float(answer["rate"]))
            except EdgeError as error:
                problems[name] = str(error)
    rate = max((t.answer["frames"] - 1) / (t.answer["last"] - t.answer["first"]) for t in ours)
    first = min(float(t.answer["first"]) - t.started for t in ours)
    note = f"{SPEED_CLIP}, OpenVINO, yolo26n"
    found = [
        figure("edge_frames_per_s", rate, "frames/s", f"{note}; detect, track, count"),
        figure("edge_bare_model_frames_per_s", max(bare), "frames/s", note),
        at_least("edge_vs_bare_model", rate / max(bare), 0.92, "×", "same backend, same input size"),
    ]
    for name, rates in peers.items():
        if not rates:
            found.append(missing(f"edge_{name}_frames_per_s", "frames/s", problems[name]))
            continue
        found.append(figure(f"edge_{name}_frames_per_s", max(rates), "frames/s", "yolo26n.pt, same clip"))
        if name == "object_counter":
            found.append(figure("edge_vs_object_counter", rate / max(rates), "×", "Ultralytics, yolo26n.pt"))
    found.append(at_most("edge_memory", max(one.peak_mb for one in ours), 450, "MB", "largest resident"))
    found.append(at_most("edge_first_frame", first, 5, "s", "from the start of the process, exported model"))
    return found


def _measure(module: str, *arguments: str) -> Measurement:
    print(f"benchmarks: {module.rsplit('.', 1)[1]} {' '.join(arguments[:2])}", file=sys.stderr, flush=True)
    return run_measurement(module, *arguments)


if __name__ == "__main__":
    from benchmarks.__main__ import table

    print(table(rows()))
