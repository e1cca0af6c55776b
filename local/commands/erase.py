"""`metrica erase`: remove a person or a store from an installation."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from local.commands import Subparsers
from local.errors import EraseFailedError

if TYPE_CHECKING:
    from functions.erasure.command import Target
    from local.stack.settings import StackSettings

REQUIRED = ("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY", "SNAPSHOT_BUCKET")


def add_parsers(subparsers: Subparsers) -> None:
    """Add `erase person | store`."""
    from functions.erasure.arguments import add_arguments

    parser = subparsers.add_parser(
        "erase",
        help="remove a person or a store for good",
        description="Say what would be removed, and remove it with --execute. Works on DATABASE_URL (the login of the "
        "owner of the tables) with SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY and SNAPSHOT_BUCKET, or else on the running "
        "local stack.",
    )
    add_arguments(parser, _run)


def _run(arguments: argparse.Namespace) -> int:
    from functions.erasure.command import EraseError, run_erasure
    from local.stack.chosen_database import chosen_settings

    try:
        run_erasure(arguments, _target(chosen_settings()))
    except EraseError as error:
        raise EraseFailedError(str(error)) from error
    return 0


def _target(settings: StackSettings) -> Target:
    from functions.common.secret import Secret
    from functions.common.settings import load_settings
    from functions.erasure.command import Target
    from functions.erasure.sign_in_accounts import SignInAccounts
    from local.auth.keys import load_or_create
    from local.stack.lock import running_stack
    from local.stack.service_definitions import BUCKET, StackUrls, s3_environment

    if settings.database_url is not None:
        missing = [name for name in REQUIRED if not os.environ.get(name, "").strip()]
        if missing:
            raise EraseFailedError(f"DATABASE_URL is set, so set {', '.join(missing)} too: they belong together")
        given = load_settings(REQUIRED)
        accounts = SignInAccounts(given.auth_url, given.supabase_service_role_key)
        return Target(settings.database_url, accounts, given.snapshot_bucket)
    if running_stack(settings.home) is None:
        raise EraseFailedError("the local stack does not run: start it with `metrica up`, or set DATABASE_URL")
    urls = StackUrls.of(settings)
    os.environ.update(s3_environment(urls))
    key = Secret("SUPABASE_SERVICE_ROLE_KEY", load_or_create(settings.auth_folder).service_role_key)
    return Target(urls.database, SignInAccounts(f"{urls.auth}/auth/v1", key), BUCKET)
