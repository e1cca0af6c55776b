"""`metrica up` and `metrica demo`: run the local stack, with or without a camera that counts."""

from __future__ import annotations

import argparse
import os

from local.commands import Subparsers


def add_parsers(subparsers: Subparsers) -> None:
    """Add `up` and `demo`."""
    up = subparsers.add_parser(
        "up",
        help="start the local stack, until Ctrl-C",
        description="Start the database, the replacements of Supabase Auth and S3, the Lambdas and both pages on "
        "127.0.0.1, keep them running, and stop them on Ctrl-C. PORT_API, PORT_AUTH, PORT_S3, PORT_DASHBOARD, "
        "PORT_ADMIN, PORT_LAMBDA and PORT_DB change the ports; DATABASE_URL replaces the embedded database; "
        "METRICA_HOME is the state folder (.metrica).",
    )
    up.set_defaults(run=_run_up)
    demo = subparsers.add_parser(
        "demo",
        help="start everything and count a clip",
        description="Start the local stack, write a demo tenant with generated history, play clips in real time as "
        "the cameras of `metrica-edge run`, and show the counts until Ctrl-C. VIDEO (a file or an rtsp:// address), "
        "LINE (ax,ay,bx,by), CAMERAS (1 to 4, of two stores), DEMO_SECONDS (counted from the first frame), "
        "DATABASE_URL, PORT_…, METRICA_HOME and METRICA_MODELS change it.",
    )
    demo.add_argument("--model", metavar="FILE|NAME", help="weights; else METRICA_MODELS, then models/")
    demo.set_defaults(run=_run_demo)


def _run_up(_: argparse.Namespace) -> int:
    from edge_worker.redaction import redact
    from local.stack.settings import StackSettings
    from local.stack.stack import Stack

    settings = StackSettings.from_env()
    with Stack.start(settings, report=_print_line) as stack:
        _print_line("")
        for name, url in (
            ("dashboard", stack.urls.dashboard),
            ("admin", stack.urls.admin),
            ("API", stack.urls.api),
            ("database", redact(stack.urls.database)),
            ("logs", str(settings.log_folder)),
            ("mails", str(settings.mail_folder)),
            ("invites", str(settings.auth_folder / "outbox")),
        ):
            _print_line(f"  {name:<10} {url}")
        _print_line("\nrunning; Ctrl-C stops it")
        stack.wait_for_stop()
    return 0


def _run_demo(arguments: argparse.Namespace) -> int:
    # The demo prints its own message about a file that is not a video, instead of OpenCV's.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

    from local.demo.console import Console
    from local.demo.options import DemoOptions
    from local.demo.run import run_demo
    from local.stack.settings import StackSettings

    run_demo(DemoOptions.from_env(os.environ, arguments.model), StackSettings.from_env(), Console())
    return 0


def _print_line(line: str) -> None:
    print(line, flush=True)
