"""`metrica deploy pages`, `deploy logins` and `deploy prune`: what AWS needs besides `serverless deploy`."""

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
_KEEP_RELEASES = 5
_LINES_OF_A_FAILED_BUILD = 15


def add_parsers(subparsers: Subparsers) -> None:
    """Add `deploy pages`, `deploy logins` and `deploy prune`."""
    deploy = subparsers.add_parser(
        "deploy", help="deploy on AWS what is not a Lambda: pages, and database logins; delete old versions"
    )
    of_deploy = deploy.add_subparsers(dest="deployed", metavar="WHAT", required=True)
    _add_pages(of_deploy)
    _add_logins(of_deploy)
    _add_prune(of_deploy)


def _add_pages(of_deploy: Subparsers) -> None:
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
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="go on although another deployment has not ended: only if you know that it was killed",
    )
    parser.set_defaults(run=_run_pages)


def _add_logins(of_deploy: Subparsers) -> None:
    parser = of_deploy.add_parser(
        "logins",
        help="give each function a database login with a new password, in its secret",
        description="Create the login of each function in the database of DATABASE_URL, which is one of the owner, and "
        "write its address into the secret metrica/STAGE/FUNCTION of AWS Secrets Manager. What exists gets a new "
        "password: run it again to rotate them. Functions that run notice within seconds. Reads "
        "SUPABASE_SERVICE_ROLE_KEY for the secret of `admin`; a secret that has one keeps it otherwise.",
    )
    parser.add_argument("--stage", required=True, help="the stage of the functions, such as production")
    parser.add_argument("--region", help="the region of the secrets (AWS_REGION)")
    parser.add_argument(
        "--function", action="append", metavar="NAME", help="only this function; may be repeated (all functions)"
    )
    parser.add_argument(
        "--address",
        metavar="URL",
        help="how functions reach the database, such as postgresql://pooler.example.com:6432/metrica (as DATABASE_URL)",
    )
    parser.set_defaults(run=_run_logins)


def _add_prune(of_deploy: Subparsers) -> None:
    parser = of_deploy.add_parser(
        "prune",
        help="delete the versions of the functions that are older than the releases that are kept",
        description="Delete the old versions of the functions of a stage. The release that runs stays, so do those "
        "before it that --keep says, for `metrica rollback`, and newer ones. `serverless deploy` runs this at its end.",
    )
    parser.add_argument("--stage", required=True, help="the stage of the functions, such as production")
    parser.add_argument("--region", help="the region of the functions (AWS_REGION)")
    parser.add_argument(
        "--keep",
        type=int,
        default=_KEEP_RELEASES,
        metavar="N",
        help=f"how many releases before the one that runs are kept, at least 1 (default: {_KEEP_RELEASES})",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")
    parser.set_defaults(run=_run_prune)


def _run_prune(arguments: argparse.Namespace) -> int:
    from boto3.session import Session

    from local.deploy.pages_stack import errors_in_a_sentence
    from local.releases import delete_versions, read_releases

    if arguments.keep < 1:
        raise DeploymentError(f"--keep must be at least 1, not {arguments.keep}: a rollback needs a release to go to")
    with errors_in_a_sentence():
        session = Session(region_name=arguments.region or os.environ.get("AWS_REGION") or None)
        old = read_releases(session, arguments.stage).old_versions(arguments.keep)
        done = iter(old) if arguments.dry_run else delete_versions(session, arguments.stage, old)
        for name in done:
            numbers = ", ".join(map(str, old[name])) or "none"
            print(f"{name}: old versions {'to be deleted' if arguments.dry_run else 'deleted'}: {numbers}")
    return 0


def _run_logins(arguments: argparse.Namespace) -> int:
    from boto3.session import Session

    from local.deploy.function_logins import FunctionLogins
    from local.deploy.pages_stack import errors_in_a_sentence

    owner_url = os.environ.get("DATABASE_URL", "").strip()
    if not owner_url:
        raise DeploymentError("DATABASE_URL must be the address of the database with the login of its owner")
    with errors_in_a_sentence():
        session = Session(region_name=arguments.region or os.environ.get("AWS_REGION") or None)
        logins = FunctionLogins(
            session, arguments.stage, owner_url, arguments.address, os.environ.get("SUPABASE_SERVICE_ROLE_KEY", "")
        )
        for login, secret in logins.set_all(arguments.function):
            print(f"{login}: new password, in the secret {secret}")
    return 0


def _run_pages(arguments: argparse.Namespace) -> int:
    from boto3.session import Session

    from local.deploy.pages import PagesDeployment
    from local.deploy.pages_stack import errors_in_a_sentence, pages_targets

    if arguments.keep_days < 1:
        raise DeploymentError(f"--keep-days must be at least 1, not {arguments.keep_days}")
    with errors_in_a_sentence():
        session = Session(region_name=arguments.region or os.environ.get("AWS_REGION") or None)
        targets = pages_targets(session, arguments.stage)
        deployment = PagesDeployment(session, targets, timedelta(days=arguments.keep_days), arguments.take_over)
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
