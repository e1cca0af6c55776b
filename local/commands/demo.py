"""`metrica demo`: the whole product on this machine, counting a clip."""

from __future__ import annotations

import argparse

from local.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Adds `demo`."""
    parser = subparsers.add_parser(
        "demo",
        help="start everything and count a clip",
        description="Starts the local stack, writes a demo tenant with generated history, plays a clip in real time as "
        "a camera into `metrica-edge run`, and follows the counts until Ctrl-C. VIDEO (a file or an rtsp:// address), "
        "LINE (ax,ay,bx,by), DEMO_SECONDS (counted from the first frame), DATABASE_URL, PORT_…, METRICA_HOME and "
        "METRICA_MODELS change it.",
    )
    parser.add_argument("--model", metavar="FILE|NAME", help="weights; else METRICA_MODELS, then models/")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Returns 0; raises LocalError when something is in the way or the numbers do not agree."""
    import os

    # What OpenCV has to say of a file that is no video is said in a sentence of ours.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

    from local.demo.options import DemoOptions
    from local.demo.run import run_demo
    from local.demo.screen import Screen
    from local.stack import StackSettings

    run_demo(DemoOptions.from_env(os.environ, arguments.model), StackSettings.from_env(), Screen())
    return 0
