"""`metrica deploy pages` deploys, lists and rolls back, or says in a sentence what is missing."""

from __future__ import annotations

import boto3
import pytest

from local import cli
from local.commands import deploy as command
from tests.integration.local.deploy.pages_on_moto import REGION, build, create_pages_stack

pytestmark = pytest.mark.usefixtures("session")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run `metrica deploy pages`."""
    code = cli.main(["deploy", "pages", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_command_deploys_lists_and_rolls_back(
    outputs: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = iter([build("1"), build("2")])
    monkeypatch.setattr(command, "_applications", lambda **_: next(builds))
    for _ in range(2):
        code, out, _err = run(capsys, "--stage", "production", "--skip-build")
        assert code == 0
        assert "dashboard: release " in out
        assert "is in service at https://app.example.com" in out
    code, out, _err = run(capsys, "--stage", "production", "--list")
    current, before = out.splitlines()
    assert ("in service UTC" in current, "until" in before) == (True, True)
    code, out, _err = run(capsys, "--stage", "production", "--version", before.split()[0])
    assert (code, out.count(before.split()[0])) == (0, 2)


def test_another_stage_or_region_has_no_stack(outputs: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--stage", "staging", "--list")
    assert code == 1
    assert err.startswith(
        "metrica: there is no stack metrica-staging-pages in eu-central-1: check the stage and the region"
    )
    assert "in us-east-1" in run(capsys, "--stage", "production", "--region", "us-east-1", "--list")[2]


def test_a_stack_of_an_older_template_has_to_be_updated(
    session: boto3.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    create_pages_stack(session, without_output="SupabaseAnonKey")
    code, _, err = run(capsys, "--stage", "production", "--list")
    assert code == 1
    assert "the stack metrica-production-pages has no output SupabaseAnonKey: update it" in err


def test_a_stack_that_is_not_complete_is_not_used(
    outputs: dict[str, str], session: boto3.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    from moto.cloudformation.models import cloudformation_backends

    backend = next(iter(cloudformation_backends.values()))[REGION]
    next(iter(backend.stacks.values())).status = "ROLLBACK_COMPLETE"
    assert "is ROLLBACK_COMPLETE: wait until it is complete" in run(capsys, "--stage", "production", "--list")[2]


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"])
def test_credentials_that_expired(
    code: str, outputs: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.client import BaseClient
    from botocore.exceptions import ClientError

    def refuse(self: object, operation: str, _: object) -> None:
        raise ClientError({"Error": {"Code": code, "Message": "The security token is expired"}}, operation)

    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)
    status, _, err = run(capsys, "--stage", "production", "--list")
    assert status == 1
    assert err == f"metrica: AWS refuses the credentials ({code}); sign in again: The security token is expired\n"


def test_without_credentials_or_a_region_nothing_is_built(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    assert "name the region" in run(capsys, "--stage", "production")[2]
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert "no credentials of AWS" in run(capsys, "--stage", "production", "--region", REGION)[2]
