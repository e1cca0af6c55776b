"""The end of `serverless deploy`: the plugin runs `metrica deploy prune`, here against a moto server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer

from local.releases import FUNCTIONS
from local.stack.settings import ROOT
from tests.integration.local.test_rollback import ROLE, deploy, versions

HARNESS = """
import Plugin from "./deploy/aws/prune-versions.mjs"

const provider = { getStage: () => "production", getRegion: () => "eu-central-1" }
const log = { warning: (text) => console.log(`warning: ${text}`), notice: (text) => console.log(text) }
await new Plugin({ getProvider: () => provider }, {}, { log }).hooks["after:deploy:deploy"]()
"""


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(name, value)
    try:
        httpx.post(f"http://{host}:{port}/moto-api/reset").raise_for_status()  # moto has one account in a process
        policy = {"Version": "2012-10-17", "Statement": []}
        iam = boto3.client("iam", "eu-central-1")
        iam.create_role(RoleName=ROLE.rpartition("/")[2], AssumeRolePolicyDocument=json.dumps(policy))
        yield
    finally:
        server.stop()


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
