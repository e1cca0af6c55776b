"""The CloudFormation template that osls makes of serverless.yml for a stage."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.functions.deployment import (
    FOR_REQUESTS,
    ROOT,
    SCHEDULED,
    functions_of,
    package,
    resources_of,
    template_of,
)


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
    path = template_of(service, "small", INGEST_CONCURRENCY="7")
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


def test_requests_and_schedules_call_the_alias_of_a_version(template: tuple[str, Path]) -> None:
    _, path = template
    resources = json.loads(path.read_text())["Resources"]
    aliases = resources_of(path, "AWS::Lambda::Alias")
    versions = resources_of(path, "AWS::Lambda::Version")
    assert len(aliases) == len(versions) == len(FOR_REQUESTS | SCHEDULED)
    assert {alias["Name"] for alias in aliases.values()} == {"live"}
    for alias in aliases.values():
        version = versions[alias["FunctionVersion"]["Fn::GetAtt"][0]]
        assert version["FunctionName"] == alias["FunctionName"]
    targets = [one["IntegrationUri"] for one in resources_of(path, "AWS::ApiGatewayV2::Integration").values()]
    targets += [one["Targets"][0]["Arn"] for one in resources_of(path, "AWS::Events::Rule").values()]
    targets += [one["FunctionName"] for one in resources_of(path, "AWS::Lambda::Permission").values()]
    assert len(targets) == len(FOR_REQUESTS) + len(SCHEDULED) + len(FOR_REQUESTS | SCHEDULED)
    assert {json.dumps(target["Fn::Join"][1][1:]) for target in targets} == {'["live"]'}
    kept = resources_of(path, "AWS::Lambda::EventInvokeConfig").values()
    assert {one["Qualifier"] for one in kept} == {"live"}
    assert all(one["DeletionPolicy"] == "Retain" for name, one in resources.items() if name in versions)


def test_the_functions_of_a_deployment_are_one_release(service: Path, template: tuple[str, Path]) -> None:
    stage, path = template
    release = json.loads(path.read_text())["Outputs"]["Release"]["Value"]
    assert re.fullmatch(r"[0-9a-f]{12}", release)
    assert {one["Description"] for one in resources_of(path, "AWS::Lambda::Version").values()} == {release}
    for function in functions_of(stage, path).values():
        assert function["Environment"]["Variables"]["METRICA_RELEASE"] == release

    def release_of(folder: str, **environ: str) -> str:
        done = package(service, "--stage", stage, "--package", folder, ALARM_EMAIL="ops@example.com", **environ)
        assert done.returncode == 0, done.stdout + done.stderr
        made = json.loads((service / folder / "cloudformation-template-update-stack.json").read_text())
        return str(made["Outputs"]["Release"]["Value"])

    assert release_of("again") == release
    assert release_of("changed", DASHBOARD_URL="https://new.example.com") != release


def test_each_route_has_a_throttle_of_its_own(template: tuple[str, Path]) -> None:
    resources = json.loads(template[1].read_text())["Resources"]
    routes = {
        name: one["Properties"]["RouteKey"]
        for name, one in resources.items()
        if one["Type"] == "AWS::ApiGatewayV2::Route"
    }
    stage = resources["HttpApiStage"]
    assert stage["Properties"]["RouteSettings"].keys() == set(routes.values())
    assert set(stage["DependsOn"]) - {"HttpApiLogGroup"} == routes.keys()
    for settings in stage["Properties"]["RouteSettings"].values():
        assert 0 < settings["ThrottlingRateLimit"] < settings["ThrottlingBurstLimit"]


SUBNETS, GROUPS = "subnet-0ab1, subnet-0cd2", "sg-0ef3"


def test_a_vpc_is_an_option_of_all_functions(service: Path, template: tuple[str, Path]) -> None:
    stage, path = template
    assert not any("VpcConfig" in one for one in functions_of(stage, path).values())
    assert "AWSLambdaVPCAccessExecutionRole" not in path.read_text()
    inside = template_of(service, "inside", VPC_SUBNETS=SUBNETS, VPC_SECURITY_GROUPS=GROUPS)
    wanted = {"SecurityGroupIds": ["sg-0ef3"], "SubnetIds": ["subnet-0ab1", "subnet-0cd2"]}
    for function in functions_of("inside", inside).values():
        assert function["VpcConfig"] == wanted
    for role in resources_of(inside, "AWS::IAM::Role").values():
        (policy,) = role["ManagedPolicyArns"]
        assert policy["Fn::Sub"].endswith("/AWSLambdaVPCAccessExecutionRole")


def test_half_a_vpc_and_what_is_no_id_are_refused(service: Path) -> None:
    half = package(service, "--stage", "half", "--package", "half", VPC_SUBNETS=SUBNETS)
    assert half.returncode != 0
    assert "VPC_SUBNETS and VPC_SECURITY_GROUPS must both be set, or neither." in half.stdout + half.stderr
    wrong = package(service, "--stage", "half", "--package", "half", VPC_SUBNETS="vpc-1", VPC_SECURITY_GROUPS=GROUPS)
    assert wrong.returncode != 0
    assert "VPC_SUBNETS must name ids such as subnet-0ab1, not vpc-1." in wrong.stdout + wrong.stderr
