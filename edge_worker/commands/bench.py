"""Measure how fast this machine counts with each installed inference backend."""

from __future__ import annotations

import argparse

from edge_worker.commands import Subparsers

CAMERA_FPS = 10.0
USABLE_SHARE = 0.8
"""Share of the measured speed to plan with. The rest is a reserve for crowds, heat and the operating system."""


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("bench", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("clip", nargs="?", metavar="CLIP", help="a video file; a test clip if omitted")
    parser.add_argument("--model", metavar="FILE|NAME", help="weights, or yolo26n or yolo11n (yolo26n)")
    parser.add_argument("--backend", action="append", metavar="NAME", help="only this backend; may be repeated")
    parser.add_argument(
        "--frames", type=int, default=200, metavar="N", help="frames per backend (200; 0: the whole clip)"
    )
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON; - for stdout, instead of the table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import json
    import sys
    import tempfile
    from pathlib import Path

    from edge_worker.benchmark.child_process import run_measurement
    from edge_worker.benchmark.pipeline_speed import write_test_clip
    from edge_worker.detection.selection import FASTEST_FIRST, is_installed, parse_backend
    from edge_worker.errors import EdgeError
    from edge_worker.video.address import checked_file

    requested = [parse_backend(name) for name in arguments.backend or []]
    backends = requested or [backend for backend in FASTEST_FIRST if is_installed(backend)]
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "bench.mp4"
        if arguments.clip:
            clip = checked_file(arguments.clip)
        else:
            write_test_clip(clip)
        for backend in backends:
            print(f"measuring {backend} …", file=sys.stderr)
            try:
                module = "edge_worker.benchmark.pipeline_speed"
                measurement = run_measurement(module, str(clip), backend, arguments.model or "", str(arguments.frames))
            except EdgeError as error:
                rows.append({"backend": backend.value, "problem": str(error)})
                continue
            answer = measurement.answer
            rate = (answer["frames"] - 1) / max(1e-9, answer["last"] - answer["first"])
            rows.append(
                {
                    "backend": backend.value,
                    "model": answer["model"],
                    "frames_per_s": round(rate, 1),
                    "cpu_s_per_frame": round(measurement.cpu_s / answer["frames"], 4),
                    "first_frame_s": round(answer["first"] - measurement.started, 2),
                    "peak_mb": round(measurement.peak_mb),
                    "cameras_at_10_fps": int(USABLE_SHARE * rate / CAMERA_FPS),
                }
            )
    if arguments.json != "-":
        _print_table(rows)
    text = json.dumps(rows, indent=2)
    if arguments.json == "-":
        print(text)
    elif arguments.json:
        Path(arguments.json).write_text(text + "\n")
    return 0 if any("problem" not in row for row in rows) else 1


def _print_table(rows: list[dict[str, object]]) -> None:
    print(f"{'backend':10} {'frames/s':>9} {'CPU s/frame':>12} {'first frame':>12} {'memory':>8} {'10/s cameras':>16}")
    for row in rows:
        if "problem" in row:
            print(f"{row['backend']:10} {row['problem']}")
            continue
        print(
            f"{row['backend']:10} {row['frames_per_s']:>9} {row['cpu_s_per_frame']:>12} {row['first_frame_s']:>10} s "
            f"{row['peak_mb']:>5} MB {row['cameras_at_10_fps']:>16}"
        )
