"""The result of one check of a deployment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a check passed. ``warn``: it works, but something should be improved. ``skip``: it was not checked."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Attributes:
        name: What was checked, such as `CORS`.
        verdict: Whether it passed.
        found: What was found.
        remedy: What to do; empty if the check passed.
    """

    name: str
    verdict: Verdict
    found: str
    remedy: str = ""


def ok(name: str, found: str) -> Finding:
    """Return the finding of a check that passed."""
    return Finding(name, Verdict.OK, found)


def warn(name: str, found: str, remedy: str) -> Finding:
    """Return the finding of a check that passed with a warning."""
    return Finding(name, Verdict.WARN, found, remedy)


def fail(name: str, found: str, remedy: str) -> Finding:
    """Return the finding of a check that failed."""
    return Finding(name, Verdict.FAIL, found, remedy)


def skip(name: str, reason: str, remedy: str) -> Finding:
    """Return the finding of a check that could not be made."""
    return Finding(name, Verdict.SKIP, reason, remedy)


def format_findings(findings: Iterable[Finding]) -> str:
    """Return the findings as text: one line for each check, followed by its remedy."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.verdict.value:4}  {finding.name:18}  {finding.found}")
        if finding.remedy:
            lines.append(f"{'':26}→ {finding.remedy}")
    return "\n".join(lines)
