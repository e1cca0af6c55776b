"""`metrica deploy pages`: put the pages in service on AWS."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from local.commands import Subparsers
from local.errors import DeploymentError, MissingToolError

if TYPE_CHECKING:
    from local.deploy.page_files import PageFile
    from local.deploy.pages import Deployed, PagesDeployment

_KEEP_DAYS = 30
_LINES_OF_A_FAILED_BUILD = 15


def add_parsers(subparsers: Subparsers) -> None:
    """Add `deploy pages`."""
    deploy = subparsers.add_parser("deploy", help="deploy on AWS what is not a Lambda: the pages")
    of_deploy = deploy.add_subparsers(dest="deployed", metavar="WHAT", required=True)
    parser = of_deploy.add_parser(
        "pages",
        help="build the pages, upload them, and put them in service",
        description="Build the dashboard and the admin pages, upload them into the buckets of the stack "
        "metrica-STAGE-pages (deploy/aws/pages.yml), write their config.json, and put them in service. What is there "
        "already is not uploaded again. Needs credentials of AWS.",
    )
    parser.add_argument("--stage", required=True, help="the stage of the stack, such as production")
    parser.add_argument("--region", help="the region of the stack (AWS_REGION)")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--skip-build", action="store_true", help="upload the build that is there")
    chosen.add_argument(
        "--version", metavar="VERSION", help="put a release in service again: its version, or `previous`"
    )
    chosen.add_argument("--list", action="store_true", help="only list the releases that can be put in service again")
    parser.add_argument(
        "--keep-days",
        type=int,
        default=_KEEP_DAYS,
        metavar="DAYS",
        help=f"keep a release for so long after it was replaced, for tabs that are open (default: {_KEEP_DAYS})",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from boto3.session import Session

    from local.deploy.pages import PagesDeployment
    from local.deploy.pages_stack import errors_in_a_sentence, pages_targets

    if arguments.keep_days < 1:
        raise DeploymentError(f"--keep-days must be at least 1, not {arguments.keep_days}")
    with errors_in_a_sentence():
        session = Session(region_name=arguments.region or os.environ.get("AWS_REGION") or None)
        targets = pages_targets(session, arguments.stage)
        deployment = PagesDeployment(session, targets, timedelta(days=arguments.keep_days))
        if arguments.list:
            _print_releases(deployment)
            return 0
        if arguments.version:
            done = deployment.roll_back(arguments.version)
        else:
            done = deployment.deploy(_applications(build=not arguments.skip_build), _commit())
    _print_done(done)
    return 0


def _applications(*, build: bool) -> dict[str, dict[str, PageFile]]:
    from local.deploy.page_files import read_pages
    from local.deploy.pages_stack import APPLICATIONS
    from local.stack.prerequisites import require_build, require_node, require_packages
    from local.stack.settings import ROOT

    if build:
        require_node()
        require_packages(ROOT)
        _build(ROOT)
    return {one: read_pages(require_build(ROOT, one)) for one in APPLICATIONS}


def _build(root: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise MissingToolError("`npm` is needed to build the pages and is not on the PATH: install it first")
    print("building the pages", flush=True)
    built = subprocess.run([npm, "run", "--silent", "build"], cwd=root, capture_output=True, text=True, check=False)
    if built.returncode != 0:
        last = "\n".join((built.stdout + built.stderr).strip().splitlines()[-_LINES_OF_A_FAILED_BUILD:])
        raise DeploymentError(f"building the pages failed, and nothing was uploaded:\n{last}")


def _commit() -> str | None:
    """Return the commit of the clone; None where there is no git, or no clone of it."""
    from local.stack.settings import ROOT

    git = shutil.which("git")
    if git is None:
        return None
    asked = subprocess.run(
        [git, "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or None


def _print_done(done: list[Deployed]) -> None:
    for one in done:
        changed = ", ".join(one.changed) or "nothing"
        print(
            f"{one.target.application}: release {one.version} is in service at {one.target.url}\n"
            f"  {one.uploaded} files uploaded, {one.unchanged} were there; changed: {changed}; "
            f"invalidated: {len(one.invalidated)}; assets of old releases removed: {one.removed}"
        )


def _print_releases(deployment: PagesDeployment) -> None:
    for one in deployment.releases().all:
        until = f"until {one.replaced_at:%Y-%m-%d %H:%M}" if one.replaced_at else "in service"
        print(f"{one.version}  commit {one.commit or 'unknown'}  from {one.served_at:%Y-%m-%d %H:%M}  {until} UTC")
