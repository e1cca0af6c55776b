"""`metrica rollback` and `metrica deploy prune` against moto: versions and aliases as a deployment makes them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from local.cli import main
from local.releases import FUNCTIONS
from tests.integration.functions.deployment import FOR_REQUESTS, SCHEDULED

ROLE = "arn:aws:iam::123456789012:role/metrica"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    with mock_aws():
        policy = {"Version": "2012-10-17", "Statement": []}
        boto3.client("iam").create_role(RoleName="metrica", AssumeRolePolicyDocument=json.dumps(policy))
        yield


def code(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("handler.py", text)
    return content.getvalue()


def deploy(release: str, functions: tuple[str, ...] = FUNCTIONS, stage: str = "production") -> None:
    """What CloudFormation does with the template of a release."""
    client = boto3.client("lambda", "eu-central-1")
    for name in functions:
        function = f"metrica-{stage}-{name}"
        try:
            client.update_function_code(FunctionName=function, ZipFile=code(release))
        except client.exceptions.ResourceNotFoundException:
            client.create_function(
                FunctionName=function,
                Runtime="python3.13",
                Role=ROLE,
                Handler="handler.handler",
                Code={"ZipFile": code(release)},
            )
        version = client.publish_version(FunctionName=function, Description=release)["Version"]
        try:
            client.update_alias(FunctionName=function, Name="live", FunctionVersion=version)
        except client.exceptions.ResourceNotFoundException:
            client.create_alias(FunctionName=function, Name="live", FunctionVersion=version)


def running(stage: str = "production") -> dict[str, str]:
    """The release that the alias of each function reaches."""
    client = boto3.client("lambda", "eu-central-1")
    found = {}
    for name in FUNCTIONS:
        answer = client.get_function(FunctionName=f"metrica-{stage}-{name}", Qualifier="live")
        found[name] = answer["Configuration"]["Description"]
    return found


def everywhere(release: str) -> dict[str, str]:
    return dict.fromkeys(FUNCTIONS, release)


def test_all_functions_go_back_to_the_release_before_and_forth_again(capsys: pytest.CaptureFixture[str]) -> None:
    for release in ("aaa", "bbb", "ccc"):
        deploy(release)
    assert main(["rollback", "--stage", "production"]) == 0
    assert running() == everywhere("bbb")
    assert "ingest runs bbb, before ccc" in capsys.readouterr().out
    assert main(["rollback", "--stage", "production"]) == 0
    assert running() == everywhere("aaa")
    assert main(["rollback", "--stage", "production", "--to", "ccc"]) == 0
    assert running() == everywhere("ccc")


def test_the_releases_are_listed_oldest_first(capsys: pytest.CaptureFixture[str]) -> None:
    for release in ("bbb", "aaa"):
        deploy(release)
    assert main(["rollback", "--stage", "production", "--list"]) == 0
    assert capsys.readouterr().out == "bbb\naaa  live\n"
    assert running() == everywhere("aaa")


def test_a_release_that_was_deployed_again_is_the_newest() -> None:
    for release in ("aaa", "bbb", "aaa"):
        deploy(release)
    assert main(["rollback", "--stage", "production"]) == 0
    assert running() == everywhere("bbb")


def test_a_deployment_that_was_interrupted_is_no_release(capsys: pytest.CaptureFixture[str]) -> None:
    deploy("aaa")
    deploy("bbb", FUNCTIONS[:3])
    assert main(["rollback", "--stage", "production", "--to", "bbb"]) == 1
    assert "There is no release bbb; there are aaa." in capsys.readouterr().err
    assert main(["rollback", "--stage", "production"]) == 1
    assert "run different releases" in capsys.readouterr().err
    assert main(["rollback", "--stage", "production", "--to", "aaa"]) == 0
    assert running() == everywhere("aaa")


def test_the_first_release_has_none_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    deploy("aaa")
    assert main(["rollback", "--stage", "production"]) == 1
    assert "There is no release before aaa." in capsys.readouterr().err
    assert running() == everywhere("aaa")


def test_another_stage_is_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    for stage in ("production", "staging"):
        deploy("aaa", stage=stage)
        deploy("bbb", stage=stage)
    assert main(["rollback", "--stage", "staging"]) == 0
    assert (running("staging"), running()) == (everywhere("aaa"), everywhere("bbb"))
    assert main(["rollback", "--stage", "nowhere"]) == 1
    assert "The releases of nowhere cannot be read" in capsys.readouterr().err


def versions(function: str = "ingest", stage: str = "production") -> list[str]:
    """The descriptions of the versions of a function, oldest first."""
    listed = boto3.client("lambda", "eu-central-1").list_versions_by_function(
        FunctionName=f"metrica-{stage}-{function}"
    )
    return [one["Description"] for one in listed["Versions"] if one["Version"] != "$LATEST"]


def test_old_versions_are_deleted_and_a_rollback_works_as_far_as_they_are_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number in range(8):
        deploy(f"r{number}")
    assert main(["deploy", "prune", "--stage", "production"]) == 0
    assert "ingest: old versions deleted: 1, 2\n" in capsys.readouterr().out
    for name in FUNCTIONS:
        assert versions(name) == ["r2", "r3", "r4", "r5", "r6", "r7"], "the live one, and five before it"
    for expected in ("r6", "r5", "r4", "r3", "r2"):
        assert main(["rollback", "--stage", "production"]) == 0
        assert running() == everywhere(expected)
    assert main(["rollback", "--stage", "production"]) == 1


def test_nothing_newer_than_the_live_release_is_deleted() -> None:
    for number in range(6):
        deploy(f"r{number}")
    assert main(["rollback", "--stage", "production", "--to", "r2"]) == 0
    assert main(["deploy", "prune", "--stage", "production", "--keep", "1"]) == 0
    assert versions() == ["r1", "r2", "r3", "r4", "r5"]
    assert main(["rollback", "--stage", "production", "--to", "r5"]) == 0


def test_versions_of_no_complete_release_go_and_a_version_with_an_alias_stays() -> None:
    client = boto3.client("lambda", "eu-central-1")
    deploy("r0")
    client.create_alias(FunctionName="metrica-production-ingest", Name="pinned", FunctionVersion="1")
    deploy("interrupted", ("ingest", "api"))
    for number in range(1, 4):
        deploy(f"r{number}")
    assert main(["deploy", "prune", "--stage", "production", "--keep", "1"]) == 0
    assert versions("ingest") == ["r0", "r2", "r3"]
    assert versions("api") == versions("reports") == ["r2", "r3"]


def test_a_dry_run_deletes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        deploy(f"r{number}")
    assert main(["deploy", "prune", "--stage", "production", "--keep", "1", "--dry-run"]) == 0
    assert "ingest: old versions to be deleted: 1\n" in capsys.readouterr().out
    assert versions() == ["r0", "r1", "r2"]


def test_without_a_clear_live_release_nothing_is_deleted(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        deploy(f"r{number}")
    deploy("r4", FUNCTIONS[:3])
    assert main(["deploy", "prune", "--stage", "production", "--keep", "1"]) == 1
    assert "run different releases" in capsys.readouterr().err
    assert main(["deploy", "prune", "--stage", "production", "--keep", "0"]) == 1
    assert "--keep must be at least 1, not 0" in capsys.readouterr().err
    assert versions() == ["r0", "r1", "r2", "r3", "r4"]


def test_another_stage_keeps_its_versions() -> None:
    for stage in ("production", "staging"):
        for number in range(3):
            deploy(f"r{number}", stage=stage)
    assert main(["deploy", "prune", "--stage", "staging", "--keep", "1"]) == 0
    assert (versions(stage="staging"), versions()) == (["r1", "r2"], ["r0", "r1", "r2"])


def test_the_functions_are_those_of_serverless_yml() -> None:
    assert set(FUNCTIONS) == FOR_REQUESTS | SCHEDULED
