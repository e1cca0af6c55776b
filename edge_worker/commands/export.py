"""Export a model for this machine and compare the export with the original."""

from __future__ import annotations

import argparse
from pathlib import Path

from edge_worker.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("export", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("--model", metavar="FILE.pt|NAME", help="weights, or yolo26n or yolo11n (yolo26n)")
    parser.add_argument(
        "--backend", choices=("openvino", "onnx"), default="openvino", help="for this backend (openvino)"
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="copy the export there, for another machine")
    int8 = parser.add_argument_group("8 bits", "faster on most CPUs; kept only if it counts as well as the original")
    int8.add_argument("--int8", action="store_true", help="quantise the model (needs metrica[export])")
    int8.add_argument(
        "--calibrate",
        action="append",
        metavar="CLIP|SOURCE",
        help="frames that look like those of the shop, with people; may be repeated, one for each camera",
    )
    int8.add_argument("--check", type=Path, metavar="CLIP", help="a labelled clip of another scene, counted both ways")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import shutil

    from edge_worker.detection.class_names import split_class
    from edge_worker.weights.export_cache import export_weights, read_report
    from edge_worker.weights.lookup import require_pt

    model, class_name = split_class(arguments.model)
    _check_int8_options(arguments, class_name)
    original = require_pt(model)
    exported = export_weights(original, arguments.backend, class_name)
    report = read_report(original, arguments.backend, class_name)
    print(f"{exported}")
    print(
        f"compared with {original.name} on the reference image: {report['people']} people, least overlap "
        f"{report['least_overlap']}, largest difference in confidence {report['largest_score_difference']}; precision "
        f"on this machine: {report['precision']}"
    )
    if arguments.int8:
        exported = _quantise(original, exported, arguments)
    if arguments.to:
        arguments.to.mkdir(parents=True, exist_ok=True)
        for file in exported.parent.iterdir() if arguments.backend == "openvino" else [exported]:
            shutil.copyfile(file, arguments.to / file.name)
        print(f"copied to {arguments.to}")
    return 0


def _check_int8_options(arguments: argparse.Namespace, class_name: str | None) -> None:
    from edge_worker.detection.class_names import PERSON
    from edge_worker.errors import UsageError
    from edge_worker.evaluation.labelled_clips import find_labelled_clips

    if not arguments.int8:
        if arguments.calibrate or arguments.check:
            raise UsageError("--calibrate and --check belong to --int8")
        return
    if arguments.backend != "openvino":
        raise UsageError("--int8 quantises for openvino: leave out --backend")
    if class_name not in (None, PERSON):
        raise UsageError(f"--int8 is for people, who are counted before and after: leave out #{class_name}")
    if not arguments.calibrate or not arguments.check:
        raise UsageError(
            "--int8 needs --calibrate with a clip or a camera, and --check with a labelled clip of another scene "
            "(docs/edge.md)"
        )
    find_labelled_clips(arguments.check)


def _quantise(original: Path, exported: Path, arguments: argparse.Namespace) -> Path:
    from edge_worker.detection.device import Device
    from edge_worker.detection.fastest_model import possible_runs, run_times_ms
    from edge_worker.weights.int8 import quantise, read_report

    quantised = quantise(original, exported, arguments.calibrate, arguments.check)
    report = read_report(quantised)
    before, after = report["original"]["wrong"], report["int8"]["wrong"]
    print(f"{quantised}")
    print(
        f"counted {arguments.check.name} with 8 bits: {after} crossings wrong at full, half and a third of the rate "
        f"(before: {before})"
    )
    times_ms = run_times_ms(possible_runs((exported, quantised), Device.AUTO), Device.AUTO)
    if times_ms:
        listed = ", ".join(f"{run} {milliseconds:.1f} ms" for run, milliseconds in times_ms.items())
        print(f"per frame on this machine: {listed}. auto takes the first here, and compares them on each machine")
    return quantised
