"""Look up the known vulnerabilities of everything that is locked: `make audit`.

Checks requirements.lock and the pins of torch with pip-audit, and package-lock.json (without development dependencies)
with `npm audit`. A package that could not be looked up counts as a failure: "no known vulnerabilities" is only reported
for packages that the advisory service answered for.

Exit codes: 0 no known vulnerability, 1 a vulnerability, 2 at least one package was not audited.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class AuditResult:
    """What one advisory service answered.

    Attributes:
        source: Name of the audited ecosystem, for messages.
        audited: Number of packages that the service answered for.
        vulnerabilities: One line for each vulnerability found.
        unaudited: One line for each package, or for the service as a whole, that could not be looked up.
    """

    source: str
    audited: int
    vulnerabilities: Sequence[str] = field(default=())
    unaudited: Sequence[str] = field(default=())


def main() -> int:
    """Audit both ecosystems, print a summary and return the exit code."""
    results = [audit_python(), audit_npm()]
    for result in results:
        for line in (*result.vulnerabilities, *result.unaudited):
            print(f"audit: {result.source}: {line}", file=sys.stderr)
        print(
            f"audit: {result.source}: {result.audited} packages audited, "
            f"{len(result.vulnerabilities)} vulnerabilities, {len(result.unaudited)} not audited"
        )
    return exit_code(results)


def exit_code(results: Sequence[AuditResult]) -> int:
    """Return 0 only when every ecosystem was audited completely and has no known vulnerability."""
    if any(result.vulnerabilities for result in results):
        return 1
    if any(result.unaudited or not result.audited for result in results):
        print("audit: incomplete, so this is a failure: nothing is known about the packages above", file=sys.stderr)
        return 2
    return 0


def audit_python() -> AuditResult:
    """Run pip-audit over requirements.lock and the pinned torch."""
    with TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text("\n".join(locked_requirements()))
        command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner=off"]
        command += ["--format=json", "--requirement", str(requirements)]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
    return parse_pip_audit(finished.stdout, finished.stderr)


def audit_npm() -> AuditResult:
    """Run `npm audit` over package-lock.json."""
    command = ["npm", "audit", "--omit=dev", "--json"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return parse_npm_audit(finished.stdout)


def locked_requirements() -> list[str]:
    """Return the requirements of requirements.lock without their hashes, and the pins of torch, which it leaves out."""
    locked = [line.rstrip(" \\") for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    return locked + [requirement for requirement in extras["torch"] if requirement.startswith("torch")]


def parse_pip_audit(output: str, errors: str) -> AuditResult:
    """Read pip-audit's JSON report; without one, the advisory service could not be reached."""
    report = _parse(output)
    if report is None or "dependencies" not in report:
        reason = errors.strip().splitlines()[-1:] or ["no output"]
        return AuditResult("Python", 0, unaudited=[f"the advisory service could not be reached ({reason[0]})"])
    audited, vulnerabilities, unaudited = 0, [], []
    packages = report["dependencies"]
    if packages and all("skip_reason" in package for package in packages):
        message = f"the advisory service cannot be reached from here: it answered for none of {len(packages)} packages"
        return AuditResult("Python", 0, unaudited=[message])
    for package in packages:
        if "skip_reason" in package:
            unaudited.append(f"{package['name']}: {package['skip_reason']}")
            continue
        audited += 1
        for found in package["vulns"]:
            fixed = ", ".join(found["fix_versions"]) or "no version yet"
            vulnerabilities.append(f"{package['name']} {package['version']}: {found['id']}, fixed in {fixed}")
    return AuditResult("Python", audited, vulnerabilities, unaudited)


def parse_npm_audit(output: str) -> AuditResult:
    """Read the JSON report of `npm audit`; an error report means that the advisory service could not be reached."""
    report = _parse(output)
    if report is None or "metadata" not in report:
        reason = (report or {}).get("message") or (report or {}).get("statusCode") or "no report"
        return AuditResult("npm", 0, unaudited=[f"the advisory service could not be reached ({reason})"])
    vulnerabilities = [
        f"{name}: {found['severity']}, affected versions {found['range']}"
        for name, found in report.get("vulnerabilities", {}).items()
    ]
    return AuditResult("npm", report["metadata"]["dependencies"]["total"], vulnerabilities)


def _parse(output: str) -> dict[str, Any] | None:
    try:
        report = json.loads(output)
    except json.JSONDecodeError:
        return None
    return report if isinstance(report, dict) else None


if __name__ == "__main__":
    sys.exit(main())
