"""Takes a picture and saves it with a grid, the people seen and the line, so that a line can be chosen on the spot."""

from __future__ import annotations

import argparse
from pathlib import Path

from edge_worker.commands import Subparsers
from edge_worker.commands.count import add_counting_options


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("calibrate", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("source", metavar="FILE|URL", help="a video file or an rtsp:// address")
    parser.add_argument("--out", type=Path, default=Path("calibration.jpg"), metavar="FILE", help="(calibration.jpg)")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="how long to watch people (20)")
    add_counting_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    import sys

    from edge_worker.annotation.calibration import watch, write
    from edge_worker.counting.line import Anchor, Line
    from edge_worker.errors import UsageError
    from edge_worker.pipeline.pipeline import open_pipeline

    line = Line.parse(arguments.line) if arguments.line else Line.mid_height()
    anchor = Anchor(arguments.anchor or Anchor.FOOT)
    if arguments.out.suffix.lower() not in (".jpg", ".jpeg", ".png"):
        raise UsageError(f"--out writes a picture: give {arguments.out} the ending .jpg or .png")
    pipeline = open_pipeline(
        arguments.source,
        line=line,
        anchor=anchor,
        model=arguments.model,
        backend=arguments.backend,
        threads=arguments.threads,
        say=lambda message: print(message, file=sys.stderr),
    )
    try:
        watched = watch(pipeline, anchor, arguments.seconds)
    finally:
        pipeline.close()
    write(watched, line, arguments.out)
    print(f"{arguments.out}: {watched.people} people in {watched.seconds:.0f} s, {watched.crossings} crossings")
    print("crosses are the anchors seen; read the ends of a better line from the grid: --line ax,ay,bx,by")
    return 0
