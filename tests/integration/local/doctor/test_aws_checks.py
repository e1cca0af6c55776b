"""What `metrica doctor --stage` says of a stage, against moto."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from local.doctor.aws_checks import SECRETS, check_aws
from local.doctor.finding import Finding, Verdict

SENDER = "Metrica <news@example.com>"


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
        secrets.create_secret(Name=f"metrica/production/{name}", SecretString="{}")
    session.client("ses").verify_domain_identity(Domain="example.com")
    topic = session.client("sns").create_topic(Name="metrica-production-Alarms-1A")
    session.client("sns").subscribe(TopicArn=topic["TopicArn"], Protocol="email", Endpoint="ops@example.com")
    session.client("cloudwatch").put_metric_alarm(
        AlarmName="metrica-production-ApiErrorsAlarm-1B",
        AlarmDescription="api ended with an error",
        Namespace="AWS/Lambda",
        MetricName="Errors",
        ComparisonOperator="GreaterThanThreshold",
        Threshold=0,
        Period=300,
        EvaluationPeriods=1,
        Statistic="Sum",
    )


def findings(session: boto3.Session, stage: str = "production", sender: str = SENDER) -> dict[str, Finding]:
    return {one.name: one for one in check_aws(session, stage, sender)}


def test_a_stage_that_is_right(session: boto3.Session) -> None:
    deploy(session)
    found = findings(session)
    assert {one.verdict for one in found.values()} == {Verdict.OK}, found
    assert found["throttles"].found.startswith("100 requests/s")


def test_another_stage_has_nothing(session: boto3.Session) -> None:
    deploy(session)
    found = findings(session, stage="staging", sender="Metrica <news@example.org>")
    assert {one.verdict for one in found.values()} == {Verdict.FAIL}, found
    assert all(one.remedy for one in found.values())


def test_a_secret_that_is_missing(session: boto3.Session) -> None:
    deploy(session)
    session.client("secretsmanager").delete_secret(SecretId="metrica/production/days", ForceDeleteWithoutRecovery=True)
    assert findings(session)["secrets"].found == "missing: metrica/production/days"


def test_an_alarm_that_is_raised(session: boto3.Session) -> None:
    deploy(session)
    session.client("cloudwatch").set_alarm_state(
        AlarmName="metrica-production-ApiErrorsAlarm-1B", StateValue="ALARM", StateReason="test"
    )
    found = findings(session)["alarms"]
    assert (found.verdict, found.found) == (Verdict.FAIL, "api ended with an error")


def test_without_a_region_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    found = findings(boto3.Session())
    assert {one.verdict for one in found.values()} == {Verdict.SKIP}
    assert "AWS_REGION" in found["throttles"].remedy
