"""The result of a check of an edge box, or of a deployment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from edge_worker.redaction import redact


class Verdict(StrEnum):
    """Whether a check passed. ``warn``: it works, but something should be improved. ``skip``: it was not checked."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check.

    Attributes:
        name: What was checked, such as `clock` or `CORS`.
        verdict: Whether it passed.
        found: What was found.
        hint: What to do; empty if the check passed.
    """

    name: str
    verdict: Verdict
    found: str
    hint: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the result as a JSON object."""
        return {name: redact(value) for name, value in asdict(self).items()}


def ok(name: str, found: str) -> CheckResult:
    """Return the result of a check that passed."""
    return CheckResult(name, Verdict.OK, found)


def warn(name: str, found: str, hint: str) -> CheckResult:
    """Return the result of a check that passed with a warning."""
    return CheckResult(name, Verdict.WARN, found, hint)


def fail(name: str, found: str, hint: str) -> CheckResult:
    """Return the result of a check that failed."""
    return CheckResult(name, Verdict.FAIL, found, hint)


def skip(name: str, reason: str, hint: str) -> CheckResult:
    """Return the result of a check that could not be made."""
    return CheckResult(name, Verdict.SKIP, reason, hint)


def format_results(results: Iterable[CheckResult], name_width: int = 12) -> str:
    """Return the results as text: one line per check, followed by its hint.

    Args:
        results: The results.
        name_width: The width of the column of the names, in characters.
    """
    lines = []
    for result in results:
        lines.append(f"{result.verdict.value:4}  {result.name:{name_width}}  {result.found}")
        if result.hint:
            lines.append(f"{'':{name_width + 8}}→ {result.hint}")
    return redact("\n".join(lines))
