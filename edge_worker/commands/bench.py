"""Measure how fast this machine counts with each inference backend and device, and how many cameras it carries."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from edge_worker.commands import Subparsers

if TYPE_CHECKING:
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.device import Device


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("bench", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("clip", nargs="?", metavar="CLIP", help="a video file; a test clip if omitted")
    parser.add_argument("--model", metavar="FILE|NAME", help="weights, or yolo26n or yolo11n (yolo26n)")
    parser.add_argument("--backend", action="append", metavar="NAME", help="only this backend; may be repeated")
    parser.add_argument("--device", default="auto", help="only this device: cpu, gpu or npu (all that there are)")
    parser.add_argument("--frames", type=int, default=200, metavar="N", help="frames of each (200; 0: the whole clip)")
    parser.add_argument("--json", metavar="FILE", help="write the figures as JSON; - for stdout, instead of the table")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import json
    import sys
    import tempfile
    from pathlib import Path

    from edge_worker.benchmark.pipeline_speed import write_test_clip
    from edge_worker.detection.device import parse_device
    from edge_worker.detection.selection import FASTEST_FIRST, is_installed, parse_backend
    from edge_worker.video.address import checked_file

    requested = [parse_backend(name) for name in arguments.backend or []]
    device = parse_device(arguments.device)
    backends = requested or [backend for backend in FASTEST_FIRST if is_installed(backend)]
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "bench.mp4"
        if arguments.clip:
            clip = checked_file(arguments.clip)
        else:
            write_test_clip(clip)
        for backend in backends:
            for one in _devices(backend, device):
                for model in models_to_measure(backend, arguments.model):
                    print(f"measuring {backend} on {one} …", file=sys.stderr)
                    rows.append(_measured(str(clip), backend, one, model, arguments.frames))
    if arguments.json != "-":
        _print_table(rows)
    text = json.dumps(rows, indent=2)
    if arguments.json == "-":
        print(text)
    elif arguments.json:
        Path(arguments.json).write_text(text + "\n")
    return 0 if any("problem" not in row for row in rows) else 1


def _devices(backend: Backend, requested: Device) -> list[Device]:
    """Return the devices to measure a backend on: all that OpenVINO lists, unless one was asked for."""
    from edge_worker.benchmark.child_process import run_measurement
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.device import Device
    from edge_worker.errors import EdgeError

    if requested is not Device.AUTO or backend is not Backend.OPENVINO:
        return [requested]
    try:
        listed = run_measurement("edge_worker.benchmark.openvino_devices").answer["devices"]
    except EdgeError:  # the measurement says why it does not run
        return [Device.CPU]
    kinds = {name.partition(".")[0].lower() for name, _ in listed}
    return [device for device in Device if device in kinds]


def models_to_measure(backend: Backend, model: str | None) -> list[str]:
    """Return the models to measure: with OpenVINO, also the one with 8 bits, if there is one that has passed."""
    from edge_worker.detection.detector import Backend
    from edge_worker.weights.export_cache import exported_model
    from edge_worker.weights.int8 import find_int8

    int8 = find_int8(model) if backend is Backend.OPENVINO else None
    if int8 is None:
        return [model or ""]
    return [str(path) for path in (exported_model(model), int8) if path is not None]


def _measured(clip: str, backend: Backend, device: Device, model: str, frames: int) -> dict[str, Any]:
    from edge_worker.benchmark.capacity import Capacity
    from edge_worker.benchmark.child_process import run_measurement
    from edge_worker.cores import available_cores
    from edge_worker.errors import EdgeError

    module = "edge_worker.benchmark.pipeline_speed"
    try:
        measurement = run_measurement(module, clip, backend, model, str(frames), device)
    except EdgeError as error:
        return {"backend": backend.value, "device": device.value, "problem": str(error)}
    answer = measurement.answer
    rate = (answer["frames"] - 1) / max(1e-9, answer["last"] - answer["first"])
    capacity = Capacity(rate, answer["decode_s"], available_cores())
    return {
        "backend": backend.value,
        "device": answer["device"],
        "model": answer["model"],
        "precision": answer["precision"],
        "frames_per_s": round(rate, 1),
        "cpu_s_per_frame": round(measurement.cpu_s / answer["frames"], 4),
        "decode_ms": round(1000 * answer["decode_s"], 2),
        "first_frame_s": round(answer["first"] - measurement.started, 2),
        "peak_mb": round(measurement.peak_mb),
        "cameras_at_10_fps": capacity.cameras,
        "capacity": capacity.sentence,
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    print(
        f"{'backend':10} {'device':6} {'precision':9} {'frames/s':>9} {'CPU s/frame':>12} {'decode':>8} "
        f"{'first frame':>12} {'memory':>8} {'10/s cameras':>13}"
    )
    for row in rows:
        if "problem" in row:
            print(f"{row['backend']:10} {row['device']:6} {row['problem']}")
            continue
        print(
            f"{row['backend']:10} {row['device']:6} {row['precision']:9} {row['frames_per_s']:>9} "
            f"{row['cpu_s_per_frame']:>12} {row['decode_ms']:>5} ms {row['first_frame_s']:>10} s "
            f"{row['peak_mb']:>5} MB {row['cameras_at_10_fps']:>13}"
        )
    measured = [row for row in rows if "problem" not in row]
    if measured:
        best = max(measured, key=lambda row: (row["cameras_at_10_fps"], row["frames_per_s"]))
        print(f"{best['backend']}:{best['device']} in {best['precision']}: {best['capacity']}")
