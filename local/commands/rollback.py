"""`metrica rollback`: let the functions of a stage on AWS run an earlier release."""

from __future__ import annotations

import argparse
import os

from local.commands import Subparsers


def add_parsers(subparsers: Subparsers) -> None:
    """Add `rollback`."""
    parser = subparsers.add_parser(
        "rollback",
        help="let the functions of a stage on AWS run an earlier release",
        description="Move all functions of a stage to the release before the one that they run, or to the one that is "
        "named, without a deployment. The database stays as it is: migrations are additive. Reads AWS_REGION.",
    )
    parser.add_argument("--stage", required=True, help="the stage")
    parser.add_argument("--to", metavar="RELEASE", help="the release to run; --list shows them")
    parser.add_argument("--list", action="store_true", help="show the releases, oldest first, and change nothing")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from boto3.session import Session

    from local.releases import move_to, read_releases

    session = Session(region_name=os.environ.get("AWS_REGION") or None)
    releases = read_releases(session, arguments.stage)
    if arguments.list:
        for release, versions in releases.versions.items():
            running = [name for name in versions if releases.live[name] == release]
            state = "live" if len(running) == len(versions) else f"live: {', '.join(running)}" if running else ""
            print(f"{release}  {state}".rstrip())
        return 0
    release = releases.target(arguments.to)
    for name in move_to(session, arguments.stage, releases.versions[release]):
        print(f"{name} runs {release}, before {releases.live[name] or 'a version of no release'}")
    return 0
