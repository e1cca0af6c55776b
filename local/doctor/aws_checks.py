"""Checks of what only AWS can tell: throttles, secrets, the sender of mails, and alarms. Read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from edge_worker.doctor.result import CheckResult, fail, ok, skip, warn
from local.doctor.settings_checks import check_secrets
from local.releases import FUNCTIONS

if TYPE_CHECKING:
    from boto3.session import Session

SECRETS = FUNCTIONS
"""Each function has a secret of its own."""


def check_aws(session: Session, stage: str, mail_sender: str) -> Iterator[CheckResult]:
    """Yield the results of a stage.

    Args:
        session: With credentials that may read, and the region of the stage.
        stage: The stage.
        mail_sender: `MAIL_SENDER`, with which the stage was deployed.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    checks: tuple[tuple[str, Callable[[], CheckResult]], ...] = (
        ("throttles", lambda: _throttles(session, stage)),
        ("secrets", lambda: _secrets(session, stage)),
        ("values of secrets", lambda: check_secrets(session, stage)),
        ("mail sender", lambda: _mail_sender(session, mail_sender)),
        ("alarm topic", lambda: _alarm_topic(session, stage)),
        ("alarms", lambda: _alarms(session, stage)),
    )
    for name, check in checks:
        try:
            yield check()
        except (BotoCoreError, ClientError) as error:
            yield skip(name, str(error), "give credentials of AWS that may read, and name the region by AWS_REGION")


def _throttles(session: Session, stage: str) -> CheckResult:
    gateway = session.client("apigatewayv2")
    apis = [api for api in _pages(gateway.get_apis, "Items") if api["Name"] == f"{stage}-metrica"]
    if not apis:
        return fail("throttles", f"there is no HTTP API {stage}-metrica", "check the stage and the region")
    settings = [one for one in gateway.get_stages(ApiId=apis[0]["ApiId"])["Items"] if one["StageName"] == "$default"]
    limit = settings[0].get("DefaultRouteSettings", {}).get("ThrottlingRateLimit") if settings else None
    if not limit:
        return warn("throttles", "no limit of requests per second", "deploy again: serverless.yml sets one")
    return ok("throttles", f"{limit:.0f} requests/s for a route, unless it has its own")


def _secrets(session: Session, stage: str) -> CheckResult:
    client = session.client("secretsmanager")
    found = set()
    for page in client.get_paginator("list_secrets").paginate():
        found |= {secret["Name"] for secret in page["SecretList"]}
    missing = [name for name in SECRETS if f"metrica/{stage}/{name}" not in found]
    if missing:
        names = ", ".join(f"metrica/{stage}/{name}" for name in missing)
        return fail("secrets", f"missing: {names}", "create them (docs/security.md)")
    return ok("secrets", f"one for each of the {len(SECRETS)} functions")


def _mail_sender(session: Session, mail_sender: str) -> CheckResult:
    address = parseaddr(mail_sender)[1]
    if "@" not in address:
        return skip("mail sender", "MAIL_SENDER is not set", "set it as for the deployment")
    names = [address, address.partition("@")[2]]
    attributes = session.client("ses").get_identity_verification_attributes(Identities=names)
    states = attributes["VerificationAttributes"]
    if not any(states.get(name, {}).get("VerificationStatus") == "Success" for name in names):
        return fail("mail sender", f"{address} is not verified", "verify the address or its domain in Amazon SES")
    return ok("mail sender", f"{address} is verified")


def _alarm_topic(session: Session, stage: str) -> CheckResult:
    client = session.client("sns")
    topics = [
        topic["TopicArn"]
        for page in client.get_paginator("list_topics").paginate()
        for topic in page["Topics"]
        if topic["TopicArn"].rpartition(":")[2].startswith(f"metrica-{stage}-Alarms")
    ]
    if not topics:
        return fail("alarm topic", "there is none", "deploy again: serverless.yml makes it")
    subscriptions = client.list_subscriptions_by_topic(TopicArn=topics[0])["Subscriptions"]
    confirmed = [one for one in subscriptions if one["SubscriptionArn"].startswith("arn:")]
    if not confirmed:
        found = "its subscription is not confirmed" if subscriptions else "nobody is subscribed"
        return fail("alarm topic", found, "set ALARM_EMAIL, deploy, and confirm the mail of AWS")
    return ok("alarm topic", f"{len(confirmed)} confirmed subscriptions")


def _alarms(session: Session, stage: str) -> CheckResult:
    alarms = [
        alarm
        for page in session.client("cloudwatch")
        .get_paginator("describe_alarms")
        .paginate(AlarmNamePrefix=f"metrica-{stage}-")
        for alarm in page["MetricAlarms"]
    ]
    if not alarms:
        return fail("alarms", "there are none", "deploy again: serverless.yml makes them")
    raised = [alarm for alarm in alarms if alarm["StateValue"] == "ALARM"]
    if raised:
        return fail("alarms", "; ".join(alarm["AlarmDescription"] for alarm in raised), "see docs/aws.md, Alarms")
    return ok("alarms", f"none of {len(alarms)} is raised")


def _pages(operation: Callable[..., dict[str, Any]], member: str) -> Iterator[dict[str, Any]]:
    token: dict[str, str] = {}
    while True:
        page = operation(**token)
        yield from page[member]
        if not page.get("NextToken"):
            return
        token = {"NextToken": page["NextToken"]}
