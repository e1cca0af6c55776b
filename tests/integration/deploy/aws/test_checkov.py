"""checkov has nothing to say about the templates of AWS, but what is accepted with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.checkov import LOCK, check, install
from tests.integration.functions.deployment import ROOT, STAGES, make_service, template_of

pytestmark = pytest.mark.slow

OPTIONS = {
    "VPC_SUBNETS": "subnet-0ab1,subnet-0cd2",
    "VPC_SECURITY_GROUPS": "sg-0ef3",
    "API_CERTIFICATE_ARN": "arn:aws:acm:eu-central-1:123456789012:certificate/0ab1",
}


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Those of two stages, of one with all options, of the pages and of the firewall."""
    service = make_service(tmp_path_factory.mktemp("service"))
    made = [template_of(service, stage) for stage in STAGES]
    made.append(template_of(service, "options", **OPTIONS, ALARM_EMAIL="ops@example.com"))
    return [*made, *sorted((ROOT / "deploy" / "aws").glob("*.yml"))]


@pytest.fixture(scope="module")
def findings(templates: list[Path]) -> dict[str, list[dict[str, Any]]]:
    return check(templates)


def test_checkov_finds_nothing_that_is_not_accepted(findings: dict[str, list[dict[str, Any]]]) -> None:
    assert [(one["resource"], one["check_id"]) for one in findings["failed_checks"]] == []
    assert len(findings["passed_checks"]) > 300


def test_what_is_accepted_has_a_reason(findings: dict[str, list[dict[str, Any]]]) -> None:
    accepted = findings["skipped_checks"]
    assert {one["check_id"] for one in accepted} == {
        *("CKV_AWS_18", "CKV_AWS_21"),  # S3: access logs, versions
        *("CKV_AWS_26", "CKV_AWS_27", "CKV_AWS_158", "CKV_AWS_173"),  # keys of one's own: SNS, SQS, logs, settings
        *("CKV_AWS_116", "CKV_AWS_117"),  # Lambda: dead letter queue, VPC
        *("CKV_AWS_86", "CKV_AWS_174"),  # CloudFront: access logs, TLS without a domain
    }
    assert all(len(one["check_result"]["suppress_comment"].split()) >= 5 for one in accepted)


def test_a_bucket_that_anybody_may_read_is_found(templates: list[Path], tmp_path: Path) -> None:
    template = json.loads(templates[0].read_text())
    template["Resources"]["SnapshotBucket"]["Properties"] = {"AccessControl": "PublicRead"}
    opened = tmp_path / "opened.json"
    opened.write_text(json.dumps(template))
    found = {(one["resource"], one["check_id"]) for one in check([opened])["failed_checks"]}
    assert ("AWS::S3::Bucket.SnapshotBucket", "CKV_AWS_20") in found  # public read
    assert ("AWS::S3::Bucket.SnapshotBucket", "CKV_AWS_53") in found  # public access is not blocked


def test_a_file_that_is_no_template_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.json").write_text("{}")
    with pytest.raises(RuntimeError, match=r"checkov finds nothing to check in .*empty\.json"):
        check([tmp_path / "empty.json"])


def test_checkov_is_installed_once_for_a_lock_file() -> None:
    program = install()
    installed = program.stat().st_mtime_ns
    assert install() == program
    assert program.stat().st_mtime_ns == installed
    assert "--hash=sha256:" in LOCK.read_text()
