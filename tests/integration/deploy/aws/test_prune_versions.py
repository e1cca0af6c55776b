"""The end of `serverless deploy`: the plugin runs `metrica deploy prune`, here against a moto server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator

import boto3
import pytest

from local.releases import FUNCTIONS
from local.stack.settings import ROOT
from tests.integration.local.test_rollback import ROLE, deploy, versions
from tests.moto_account import moto_account

HARNESS = """
import Plugin from "./deploy/aws/prune-versions.mjs"

const provider = { getStage: () => "production", getRegion: () => "eu-central-1" }
const log = { warning: (text) => console.log(`warning: ${text}`), notice: (text) => console.log(text) }
await new Plugin({ getProvider: () => provider }, {}, { log }).hooks["after:deploy:deploy"]()
"""


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with moto_account() as account:
        for name, value in account.items():
            monkeypatch.setenv(name, value)
        policy = {"Version": "2012-10-17", "Statement": []}
        iam = boto3.client("iam", "eu-central-1")
        iam.create_role(RoleName=ROLE.rpartition("/")[2], AssumeRolePolicyDocument=json.dumps(policy))
        yield


def end_of_deployment(**environ: str) -> str:
    """Run the hook of the plugin, and return what osls prints."""
    command = ["node", "--input-type=module", "--eval", HARNESS]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_deployment_deletes_versions_that_no_rollback_needs() -> None:
    for number in range(4):
        deploy(f"r{number}")
    assert "ingest: old versions deleted: none" in end_of_deployment()
    assert versions() == ["r0", "r1", "r2", "r3"]
    assert "ingest: old versions deleted: 1\n" in end_of_deployment(KEEP_RELEASES="2")
    assert [versions(name) for name in FUNCTIONS] == [["r1", "r2", "r3"]] * len(FUNCTIONS)


def test_a_failure_is_a_warning_with_its_reason() -> None:
    said = end_of_deployment()  # there are no functions
    assert said.startswith("warning: Old versions of the functions were not deleted: metrica: The releases of prod")
