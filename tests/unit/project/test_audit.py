"""`make audit` passes only when every package was looked up and none has a known vulnerability."""

from __future__ import annotations

import json

import pytest

from scripts.audit import AuditResult, exit_code, locked_requirements, parse_npm_audit, parse_pip_audit

CLEAN = {"name": "a", "version": "1", "vulns": []}
VULNERABLE = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNAUDITED = {"name": "c", "skip_reason": "not found"}


def pip_report(*packages: object) -> AuditResult:
    return parse_pip_audit(json.dumps({"dependencies": packages}), "")


def test_a_clean_report_passes() -> None:
    result = pip_report(CLEAN, CLEAN)
    assert (result.audited, exit_code([result])) == (2, 0)


def test_a_vulnerability_fails_and_names_the_fixed_version() -> None:
    result = pip_report(CLEAN, VULNERABLE)
    assert list(result.vulnerabilities) == ["b 2: PYSEC-1, fixed in 3"]
    assert exit_code([result]) == 1


def test_one_unaudited_package_fails() -> None:
    result = pip_report(CLEAN, UNAUDITED)
    assert (result.audited, list(result.unaudited), exit_code([result])) == (1, ["c: not found"], 2)


@pytest.mark.parametrize(
    "result",
    [
        pip_report(UNAUDITED, UNAUDITED),
        pip_report(),
        parse_pip_audit("", "ConnectionError: no route to host"),
        parse_npm_audit(""),
        parse_npm_audit('{"message": "405 Method Not Allowed"}'),
        parse_npm_audit('{"metadata": {"dependencies": {"total": 0}}}'),
    ],
)
def test_an_audit_of_nothing_fails(result: AuditResult) -> None:
    assert (result.audited, exit_code([result])) == (0, 2)


def test_the_report_of_npm_is_read() -> None:
    report = {"metadata": {"dependencies": {"total": 9}}, "vulnerabilities": {"x": {"severity": "high", "range": "<2"}}}
    result = parse_npm_audit(json.dumps(report))
    assert (result.audited, list(result.vulnerabilities)) == (9, ["x: high, affected versions <2"])


def test_everything_locked_is_audited_and_torch_as_well() -> None:
    requirements = locked_requirements()
    assert len(requirements) > 100
    assert {line.partition("==")[0] for line in requirements} >= {"fastapi", "psycopg", "openvino", "torch"}
    assert not [line for line in requirements if "hash" in line or line.endswith("\\")]
