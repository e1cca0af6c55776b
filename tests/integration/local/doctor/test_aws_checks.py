"""What `metrica doctor --stage` says of a stage, against moto."""

from __future__ import annotations

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from edge_worker.doctor.result import CheckResult, Verdict
from local.doctor.aws_checks import SECRETS, check_aws
from local.doctor.settings_checks import check_given_settings
from tests.moto_account import put_error_alarm

SENDER = "Metrica <news@example.com>"
SECRET_VALUES = {
    "DATABASE_URL": "postgresql://metrica_api_production:0123456789@db.example.com/metrica"
    "?sslmode=verify-full&sslrootcert=certificates%2Fprovider.pem",
    "SUPABASE_SERVICE_ROLE_KEY": "sb_secret_0123456789abcdefghijklmnopqrstu",
    "NOTIFICATION_KEY": "0" * 64,
}
"""More than a function needs, so that it serves all of them."""


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield


@pytest.fixture
def session() -> boto3.Session:
    return boto3.Session(region_name="eu-central-1")


def deploy(session: boto3.Session) -> None:
    """Make what a deployment of the stage makes, and what its administrator adds."""
    gateway = session.client("apigatewayv2")
    api = gateway.create_api(Name="production-metrica", ProtocolType="HTTP")
    gateway.create_stage(
        ApiId=api["ApiId"],
        StageName="$default",
        DefaultRouteSettings={"ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 200},
    )
    secrets = session.client("secretsmanager")
    for name in SECRETS:
        secrets.create_secret(Name=f"metrica/production/{name}", SecretString=json.dumps(SECRET_VALUES))
    session.client("ses").verify_domain_identity(Domain="example.com")
    topic = session.client("sns").create_topic(Name="metrica-production-Alarms-1A")
    session.client("sns").subscribe(TopicArn=topic["TopicArn"], Protocol="email", Endpoint="ops@example.com")
    put_error_alarm(session)


def results(session: boto3.Session, stage: str = "production", sender: str = SENDER) -> dict[str, CheckResult]:
    return {one.name: one for one in check_aws(session, stage, sender)}


def test_a_stage_that_is_right(session: boto3.Session) -> None:
    deploy(session)
    found = results(session)
    assert {one.verdict for one in found.values()} == {Verdict.OK}, found
    assert found["throttles"].found.startswith("100 requests/s")


def test_another_stage_has_nothing(session: boto3.Session) -> None:
    deploy(session)
    found = results(session, stage="staging", sender="Metrica <news@example.org>")
    assert found.pop("values of secrets").verdict is Verdict.SKIP
    assert {one.verdict for one in found.values()} == {Verdict.FAIL}, found
    assert all(one.hint for one in found.values())


def test_a_secret_that_is_missing(session: boto3.Session) -> None:
    deploy(session)
    session.client("secretsmanager").delete_secret(SecretId="metrica/production/days", ForceDeleteWithoutRecovery=True)
    assert results(session)["secrets"].found == "missing: metrica/production/days"


@pytest.mark.parametrize(
    ("function", "values", "fault"),
    [
        (
            "admin",
            {"SUPABASE_SERVICE_ROLE_KEY": "hunter2"},
            "SUPABASE_SERVICE_ROLE_KEY of admin is too short for a key",
        ),
        ("api", {"NOTIFICATION_KEY": ""}, "NOTIFICATION_KEY of api is not set"),
        (
            "days",
            {"DATABASE_URL": "postgresql://metrica:hunter2@db.example.com/metrica?sslmode=require"},
            "DATABASE_URL of days does not verify the server",
        ),
    ],
)
def test_a_value_that_a_function_would_refuse(
    function: str, values: dict[str, str], fault: str, session: boto3.Session
) -> None:
    deploy(session)
    session.client("secretsmanager").put_secret_value(
        SecretId=f"metrica/production/{function}", SecretString=json.dumps(SECRET_VALUES | values)
    )
    found = results(session)["values of secrets"]
    assert found.verdict is Verdict.FAIL
    assert found.found.startswith(fault)
    assert "hunter2" not in found.found


def test_a_secret_that_is_no_json_object_has_no_values(session: boto3.Session) -> None:
    deploy(session)
    session.client("secretsmanager").put_secret_value(SecretId="metrica/production/ingest", SecretString="text")
    assert results(session)["values of secrets"].found == "DATABASE_URL of ingest is not set"


def test_a_key_of_the_environment_that_functions_would_refuse() -> None:
    assert check_given_settings({}).verdict is Verdict.SKIP
    right = check_given_settings({"MAIL_SENDER": SENDER, "SUPABASE_SERVICE_ROLE_KEY": "k" * 40})
    assert right.verdict is Verdict.OK
    wrong = check_given_settings({"MAIL_SENDER": "Metrica", "SUPABASE_SERVICE_ROLE_KEY": "hunter2"})
    assert wrong.verdict is Verdict.FAIL
    assert "SUPABASE_SERVICE_ROLE_KEY is too short for a key" in wrong.found
    assert "MAIL_SENDER must be an e-mail address" in wrong.found
    assert "hunter2" not in wrong.found


def test_an_alarm_that_is_raised(session: boto3.Session) -> None:
    deploy(session)
    session.client("cloudwatch").set_alarm_state(
        AlarmName="metrica-production-ApiErrorsAlarm-1B", StateValue="ALARM", StateReason="test"
    )
    found = results(session)["alarms"]
    assert (found.verdict, found.found) == (Verdict.FAIL, "api ended with an error")


def test_without_a_region_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    found = results(boto3.Session())
    assert {one.verdict for one in found.values()} == {Verdict.SKIP}
    assert "AWS_REGION" in found["throttles"].hint
