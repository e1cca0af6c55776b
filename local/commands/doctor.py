"""`metrica doctor`: check a deployment from outside."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from local.commands import Subparsers

if TYPE_CHECKING:
    from edge_worker.doctor.result import CheckResult
    from local.doctor.deployment import Deployment

NAME_WIDTH = 18
"""Of the column of the names, in characters."""


def add_parsers(subparsers: Subparsers) -> None:
    """Add `doctor`."""
    parser = subparsers.add_parser(
        "doctor",
        help="check a deployment from outside, with what to do for each finding",
        description="Check a deployment: the API, the pages, the Supabase project, and with DATABASE_URL its database. "
        "Reads API_URL, SUPABASE_URL, DASHBOARD_URL and CORS_ORIGINS, as the deployment does, and if they are set "
        "SUPABASE_SERVICE_ROLE_KEY, NOTIFICATION_KEY, MAIL_TRANSPORT and MAIL_SENDER. Changes nothing. Exits with 1 if "
        "a check failed.",
    )
    parser.add_argument(
        "--stage", help="also check this stage on AWS: throttles, secrets, mail sender, alarms (needs credentials)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from edge_worker.doctor.result import Verdict, format_results
    from local.doctor.deployment import Deployment

    deployment = Deployment.from_env(os.environ, arguments.stage)
    failed = False
    for result in _check_all(deployment):
        print(format_results([result], NAME_WIDTH), flush=True)
        failed = failed or result.verdict is Verdict.FAIL
    return 1 if failed else 0


def _check_all(deployment: Deployment) -> Iterator[CheckResult]:
    from edge_worker.doctor.result import skip
    from local.doctor.api_checks import check_api
    from local.doctor.auth_checks import check_auth
    from local.doctor.database_checks import check_database
    from local.doctor.page_checks import check_pages
    from local.doctor.settings_checks import check_given_settings

    yield check_given_settings(os.environ)
    yield from check_api(deployment)
    yield from check_pages(deployment)
    yield from check_auth(deployment)
    yield from check_database(deployment.database_url)
    if deployment.stage is None:
        yield skip("AWS", "not checked", "name the stage with --stage, if it is on AWS")
        return
    from boto3.session import Session

    from local.doctor.aws_checks import check_aws

    session = Session(region_name=os.environ.get("AWS_REGION") or None)
    yield from check_aws(session, deployment.stage, os.environ.get("MAIL_SENDER", ""))
