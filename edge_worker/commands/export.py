"""Prepares a model for this machine, and checks it against the original before it is used."""

from __future__ import annotations

import argparse
from pathlib import Path

from edge_worker.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("export", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("--model", metavar="FILE.pt|NAME", help="weights, or yolo26n or yolo11n (yolo26n)")
    parser.add_argument("--backend", choices=("openvino", "onnx"), default="openvino", help="for which engine")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="copy the export there, for another machine")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    import shutil

    from edge_worker.weights.lookup import original
    from edge_worker.weights.prepare import prepare, record

    source = original(arguments.model)
    made = prepare(source, arguments.backend)
    known = record(source, arguments.backend)
    print(f"{made}")
    print(
        f"checked against {source.name} on the known picture: {known['people']} people, least overlap "
        f"{known['least_overlap']}, largest difference in confidence {known['largest_score_difference']}; runs in "
        f"{known['precision']} here"
    )
    if arguments.to:
        arguments.to.mkdir(parents=True, exist_ok=True)
        for part in made.parent.iterdir() if arguments.backend == "openvino" else [made]:
            shutil.copyfile(part, arguments.to / part.name)
        print(f"copied to {arguments.to}")
    return 0
