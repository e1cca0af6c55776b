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
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import shutil

    from edge_worker.detection.class_names import split_class
    from edge_worker.weights.export_cache import export_weights, read_report
    from edge_worker.weights.lookup import require_pt

    model, class_name = split_class(arguments.model)
    original = require_pt(model)
    exported = export_weights(original, arguments.backend, class_name)
    report = read_report(original, arguments.backend)
    print(f"{exported}")
    print(
        f"compared with {original.name} on the reference image: {report['people']} people, least overlap "
        f"{report['least_overlap']}, largest difference in confidence {report['largest_score_difference']}; precision "
        f"on this machine: {report['precision']}"
    )
    if arguments.to:
        arguments.to.mkdir(parents=True, exist_ok=True)
        for file in exported.parent.iterdir() if arguments.backend == "openvino" else [exported]:
            shutil.copyfile(file, arguments.to / file.name)
        print(f"copied to {arguments.to}")
    return 0
