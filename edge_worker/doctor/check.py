"""What a check answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """``warn``: it counts, but somebody should look at it."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        name: what was looked at: source, codec, first frame, model, backend, key, clock, disk, network.
        found: what was found.
        hint: what to do about it; empty when it is fine.
    """

    name: str
    verdict: Verdict
    found: str
    hint: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def ok(name: str, found: str) -> Check:
    return Check(name, Verdict.OK, found)


def warn(name: str, found: str, hint: str) -> Check:
    return Check(name, Verdict.WARN, found, hint)


def fail(name: str, found: str, hint: str) -> Check:
    return Check(name, Verdict.FAIL, found, hint)


def lines(checks: list[Check]) -> list[str]:
    """As people read it: a line for each check, and its hint under it."""
    told = []
    for check in checks:
        told.append(f"{check.verdict.value:4}  {check.name:12}  {check.found}")
        if check.hint:
            told.append(f"{'':20}→ {check.hint}")
    return told
