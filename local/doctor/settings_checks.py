"""Checks of settings by the rules of the functions: what they would refuse at the start, or when they read a secret."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from edge_worker.doctor.result import CheckResult, fail, ok, skip
from functions.common.settings import SETTINGS_OF, production_fault

if TYPE_CHECKING:
    from boto3.session import Session

NAME: Final = "settings"
GIVEN: Final = ("SUPABASE_SERVICE_ROLE_KEY", "NOTIFICATION_KEY", "MAIL_TRANSPORT", "MAIL_SENDER")
"""Settings of the environment. Addresses have checks of their own, and DATABASE_URL is a login of the owner here."""
SECRET: Final = frozenset({"DATABASE_URL", "SUPABASE_SERVICE_ROLE_KEY", "NOTIFICATION_KEY"})
_PACKAGED_AUTHORITY: Final = re.compile(
    r"(?<=\?)sslrootcert=certificates(?:/|%2F)[^&]*&?|&sslrootcert=certificates(?:/|%2F)[^&]*"
)
"""A file of the package, which is not on this machine."""


def check_given_settings(environ: Mapping[str, str]) -> CheckResult:
    """Return whether functions would start with the settings of the environment that are not addresses."""
    given = {name: value for name in GIVEN if (value := environ.get(name, "").strip())}
    if not given:
        return skip(NAME, "not given", f"set those that the deployment has: {', '.join(GIVEN)}")
    faults = [f"{name} {fault}" for name, value in given.items() if (fault := production_fault(name, value))]
    if faults:
        return fail(NAME, "; ".join(faults), "correct them: the functions refuse them")
    return ok(NAME, f"{', '.join(given)}: as the functions need them")


def check_secrets(session: Session, stage: str) -> CheckResult:
    """Return whether each function would take what its secret has. A secret that is missing is another check's.

    Args:
        session: With credentials that may read secrets, and the region of the stage.
        stage: The stage.
    """
    client = session.client("secretsmanager")
    faults: list[str] = []
    checked = 0
    for function, needed in SETTINGS_OF.items():
        values = _stored(client, f"metrica/{stage}/{function}")
        if values is None:
            continue
        for setting in sorted(needed & SECRET):
            checked += 1
            fault = production_fault(setting, _PACKAGED_AUTHORITY.sub("", str(values.get(setting, ""))))
            faults += [f"{setting} of {function} {fault}"] if fault else []
    if faults:
        return fail("values of secrets", "; ".join(faults), "run `metrica deploy logins` (docs/aws.md, 3)")
    if not checked:
        return skip("values of secrets", "there are no secrets", "run `metrica deploy logins` (docs/aws.md, 3)")
    return ok("values of secrets", f"{checked}, as the functions need them")


def _stored(client: Any, name: str) -> Mapping[str, Any] | None:
    """Return what a secret has, None if it does not exist; a secret that is no JSON object has nothing."""
    from botocore.exceptions import ClientError

    try:
        text = client.get_secret_value(SecretId=name)["SecretString"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return None
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}
