"""Several sources on one box: throughput against the bare model, fairness, memory and recovery.

A real ``metrica-edge run --config`` counts copies of a test clip, paced at 30 frames/s, which is more than the model
can take, and delivers to nobody. The bare model runs in throughput mode before and after it.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from pathlib import Path
from time import sleep

from benchmarks.edge_box import run_box
from benchmarks.row import Row, at_least, at_most, figure
from edge_worker.benchmark.child_process import run_measurement
from edge_worker.benchmark.pipeline_speed import write_test_clip

SOURCES = 4
FPS = 30.0
MEASURE_S = 12.0
SETTLE_S = 2.0
BARE_FRAMES = 100


def rows() -> list[Row]:
    """Return the rows of several sources."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = folder / "clip.mp4"
        write_test_clip(clip, FPS)
        clips = [str(shutil.copyfile(clip, folder / f"{number}.mp4")) for number in range(SOURCES)]
        with run_box(folder / "one", clips[:1], pace="real-time", loop=True) as box:
            first_s = box.wait_for_first_frames()
            sleep(SETTLE_S)
            first_mb = box.memory_mb()
        bare = [_bare_rate(clip)]
        with run_box(folder / "four", clips, pace="real-time", loop=True) as box:
            box.wait_for_first_frames()
            sleep(SETTLE_S)
            rates = box.rates(MEASURE_S)
            all_mb = box.memory_mb()
            recovery_s = {number: box.recovery_s(number) for number in (signal.SIGKILL, signal.SIGSTOP)}
        bare.append(_bare_rate(clip))
    together = sum(rates)
    note = f"{SOURCES} sources of 640 × 480, OpenVINO, yolo26n"
    return [
        figure("edge_four_sources_frames_per_s", together, "frames/s", note),
        at_least("edge_four_sources_vs_bare_model", together / max(bare), 0.85, "×", "the model in throughput mode"),
        at_least("edge_four_sources_fairness", min(rates) / max(rates), 0.9, "×", "slowest ÷ fastest source"),
        at_most("edge_box_first_frame", first_s, 5, "s", "from the start of run --config, exported model"),
        at_most(
            "edge_first_source_memory",
            first_mb,
            400,
            "MB",
            "PSS of supervisor, detector process, its standby and worker",
        ),
        at_most("edge_further_source_memory", (all_mb - first_mb) / (SOURCES - 1), 70, "MB", "PSS"),
        at_most("edge_detector_killed_recovery", recovery_s[signal.SIGKILL], 5, "s", "to the next counted frame"),
        at_most("edge_detector_frozen_recovery", recovery_s[signal.SIGSTOP], 5, "s", "to the next counted frame"),
    ]


def _bare_rate(clip: Path) -> float:
    print("benchmarks: model_speed", file=sys.stderr, flush=True)
    answer = run_measurement("edge_worker.benchmark.model_speed", str(clip), "", str(BARE_FRAMES)).answer
    return float(answer["THROUGHPUT"])


if __name__ == "__main__":
    from benchmarks.__main__ import table

    print(table(rows()))
