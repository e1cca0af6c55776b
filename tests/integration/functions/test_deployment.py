"""The CloudFormation template that osls makes of serverless.yml for a stage."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {
    "SUPABASE_URL": "https://abc.supabase.co",
    "CORS_ORIGINS": "https://app.example.com",
    "DASHBOARD_URL": "https://app.example.com",
    "API_URL": "https://api.example.com",
    "MAIL_SENDER": "Metrica <news@example.com>",
}
STAGES = ("production", "staging")
SCHEDULED = {"maintenance", "days", "incidents", "reports", "notifications"}
FOR_REQUESTS = {"ingest", "api", "admin"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The service with zips that have no content: what is in them does not change the template."""
    folder = tmp_path_factory.mktemp("service")
    text = (ROOT / "serverless.yml").read_text()
    (folder / "serverless.yml").write_text(text)
    for name in ("functions", "local", "deploy", "node_modules", "package.json"):
        (folder / name).symlink_to(ROOT / name)
    for artifact in set(re.findall(r"artifact: (\S+)", text)):
        (folder / artifact).parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(folder / artifact, "w") as archive:
            archive.writestr("empty.py", "")
    return folder


def package(service: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `serverless package` without credentials."""
    given = {"PATH": os.environ["PATH"], "HOME": str(service), **ENVIRONMENT, **environ}
    command = ["npx", "--no-install", "serverless", "package", *words]
    return subprocess.run(command, cwd=service, env=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module", params=STAGES)
def template(request: pytest.FixtureRequest, service: Path) -> tuple[str, Path]:
    """A stage, and the file with its template."""
    stage = request.param
    done = package(service, "--stage", stage, "--package", stage, ALARM_EMAIL="ops@example.com")
    assert done.returncode == 0, done.stdout + done.stderr
    return stage, service / stage / "cloudformation-template-update-stack.json"


def resources_of(path: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Return the properties of the resources of a type by their names."""
    found = json.loads(path.read_text())["Resources"]
    return {name: one["Properties"] for name, one in found.items() if one["Type"] == kind}


def functions_of(stage: str, path: Path) -> dict[str, dict[str, Any]]:
    """Return the properties of each function by its name in serverless.yml."""
    found = resources_of(path, "AWS::Lambda::Function").values()
    return {one["FunctionName"].removeprefix(f"metrica-{stage}-"): one for one in found}


def test_cfn_lint_has_nothing_to_say(template: tuple[str, Path]) -> None:
    # W3005: osls writes a DependsOn beside a reference that has the same effect.
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    words = [str(cfn_lint), "--ignore-checks", "W3005", "--", str(template[1])]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_a_stage_has_to_be_named(service: Path) -> None:
    done = package(service)
    assert done.returncode != 0
    assert 'Cannot resolve variable at "provider.stage"' in done.stdout + done.stderr


def test_names_carry_the_stage_and_buckets_the_account(template: tuple[str, Path]) -> None:
    stage, path = template
    assert functions_of(stage, path).keys() == FOR_REQUESTS | SCHEDULED
    bucket = resources_of(path, "AWS::S3::Bucket")["SnapshotBucket"]["BucketName"]
    assert bucket == {"Fn::Sub": f"metrica-{stage}-snapshots-${{AWS::AccountId}}-${{AWS::Region}}"}
    for name in ("ingest", "admin", "maintenance"):
        variables = functions_of(stage, path)[name]["Environment"]["Variables"]
        assert variables["SNAPSHOT_BUCKET"] == {"Ref": "SnapshotBucket"}


def test_the_concurrency_fits_the_connections_that_serverless_yml_asks_for(template: tuple[str, Path]) -> None:
    concurrency = {name: one["ReservedConcurrentExecutions"] for name, one in functions_of(*template).items()}
    assert concurrency == {"ingest": 40, "api": 40, "admin": 10, **dict.fromkeys(SCHEDULED, 1)}
    assert f"= {sum(concurrency.values())})" in (ROOT / "serverless.yml").read_text()


def test_the_concurrency_is_set_by_the_environment(service: Path) -> None:
    done = package(service, "--stage", "small", "--package", "small", INGEST_CONCURRENCY="7")
    assert done.returncode == 0, done.stderr
    path = service / "small" / "cloudformation-template-update-stack.json"
    assert functions_of("small", path)["ingest"]["ReservedConcurrentExecutions"] == 7
    refused = package(service, "--stage", "small", "--package", "small", API_CONCURRENCY="many")
    assert refused.returncode != 0
    assert "API_CONCURRENCY must be a number from 1 to 9999, not many." in refused.stdout + refused.stderr


CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/1"


def test_without_a_certificate_the_api_has_no_domain(template: tuple[str, Path]) -> None:
    assert resources_of(template[1], "AWS::ApiGatewayV2::DomainName") == {}
    assert "DisableExecuteApiEndpoint" not in resources_of(template[1], "AWS::ApiGatewayV2::Api")["HttpApi"]


def test_with_a_certificate_the_api_is_at_its_domain_only(service: Path) -> None:
    done = package(service, "--stage", "domain", "--package", "domain", API_CERTIFICATE_ARN=CERTIFICATE)
    assert done.returncode == 0, done.stdout + done.stderr
    path = service / "domain" / "cloudformation-template-update-stack.json"
    assert resources_of(path, "AWS::ApiGatewayV2::Api")["HttpApi"]["DisableExecuteApiEndpoint"] is True
    (domain,) = resources_of(path, "AWS::ApiGatewayV2::DomainName").values()
    assert domain["DomainName"] == "api.example.com"
    assert domain["DomainNameConfigurations"] == [
        {"CertificateArn": CERTIFICATE, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}
    ]
    (mapping,) = resources_of(path, "AWS::ApiGatewayV2::ApiMapping").values()
    assert mapping == {"ApiId": {"Ref": "HttpApi"}, "DomainName": {"Ref": "ApiDomain"}, "Stage": "$default"}
    test_cfn_lint_has_nothing_to_say(("domain", path))


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        (
            {"API_CERTIFICATE_ARN": CERTIFICATE.replace("eu-central-1", "us-east-1")},
            "API_CERTIFICATE_ARN must be a certificate of eu-central-1, not arn:aws:acm:us-east-1:",
        ),
        (
            {"API_CERTIFICATE_ARN": CERTIFICATE, "API_URL": "https://app.example.com/api"},
            "API_URL must be an address without a path, such as https://api.example.com, not https://app.example.com/api.",
        ),
    ],
)
def test_a_domain_that_cannot_be_made_is_refused(service: Path, environ: dict[str, str], message: str) -> None:
    done = package(service, "--stage", "domain", "--package", "wrong", **environ)
    assert done.returncode != 0
    assert message in done.stdout + done.stderr


def test_the_bucket_refuses_requests_without_tls(template: tuple[str, Path]) -> None:
    policy = resources_of(template[1], "AWS::S3::BucketPolicy")["SnapshotBucketPolicy"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_access_logs_are_json_without_addresses_and_paths(template: tuple[str, Path]) -> None:
    (stage,) = resources_of(template[1], "AWS::ApiGatewayV2::Stage").values()
    text = stage["AccessLogSettings"]["Format"]
    assert not {"$context.identity", "$context.path", "authorizer"} & set(
        re.findall(r"\$context\.\w+|authorizer", text)
    )
    filled = re.sub(r"\$context\.\w+", "200", text)
    assert json.loads(filled)["status"] == 200


def test_an_event_of_a_scheduled_function_that_failed_is_kept(template: tuple[str, Path]) -> None:
    _, path = template
    kept = {
        one["FunctionName"]["Ref"].removesuffix("LambdaFunction").lower(): one["DestinationConfig"]["OnFailure"]
        for one in resources_of(path, "AWS::Lambda::EventInvokeConfig").values()
    }
    queue = {"Destination": {"Fn::GetAtt": ["FailedJobs", "Arn"]}}
    assert kept == {name: queue for name in SCHEDULED}  # noqa: C420 - the value is mutable


def test_each_function_has_alarms_that_notify_the_topic(template: tuple[str, Path]) -> None:
    stage, path = template
    alarms = resources_of(path, "AWS::CloudWatch::Alarm")
    assert all(one["AlarmActions"] == [{"Ref": "Alarms"}] for one in alarms.values())
    watched = {
        (one["Dimensions"][0]["Value"].removeprefix(f"metrica-{stage}-"), one["MetricName"])
        for one in alarms.values()
        if one["Namespace"] == "AWS/Lambda"
    }
    functions = functions_of(stage, path).keys()
    assert watched == {(name, metric) for name in functions for metric in ("Errors", "Throttles")} | {
        (name, "Invocations") for name in SCHEDULED | {"ingest"}
    }
    (topic,) = resources_of(path, "AWS::SNS::Topic").values()
    assert topic["Subscription"] == [{"Endpoint": "ops@example.com", "Protocol": "email"}]


def test_silence_is_an_alarm_and_a_period_without_errors_is_none(template: tuple[str, Path]) -> None:
    for name, alarm in resources_of(template[1], "AWS::CloudWatch::Alarm").items():
        missing = "breaching" if name.endswith("SilenceAlarm") else "notBreaching"
        assert (name, alarm["TreatMissingData"]) == (name, missing)
