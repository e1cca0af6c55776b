"""The result of a check."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from edge_worker.redaction import redact


class Verdict(StrEnum):
    """Whether a check passed. ``warn``: counting works, but something should be improved."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check.

    Attributes:
        name: What was checked: source, codec, first frame, devices, model, capacity, network, backend, key, line,
            clock, disk or outbox.
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


def format_results(results: list[CheckResult]) -> str:
    """Return the results as text: one line per check, followed by its hint."""
    lines = []
    for result in results:
        lines.append(f"{result.verdict.value:4}  {result.name:12}  {result.found}")
        if result.hint:
            lines.append(f"{'':20}→ {result.hint}")
    return redact("\n".join(lines))
