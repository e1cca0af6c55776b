"""Conditional requests: `If-Match` of a change, and the problem when somebody else was faster (RFC 9110, section 13).

The entity tag of a resource is a digest of its settings, without what edge boxes report: a heartbeat is no reason to
refuse a change. The tag is compared while the row is locked, in the transaction that writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import Header
from pydantic import AfterValidator

from .field_errors import FieldErrorType, refused
from .http_headers import make_etag
from .problems import Problem

_TAG = r'(?:W/)?"[^"]*"'
_IF_MATCH = re.compile(rf"\*|{_TAG}(?:\s*,\s*{_TAG})*")


def _check_if_match(value: str) -> str:
    if not _IF_MATCH.fullmatch(value.strip()):
        raise refused(FieldErrorType.IF_MATCH_INVALID, "must be the ETag of the resource with its quotes, or *")
    return value


IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=1000,
        description="The `etag` of the resource that the change is based on. If the resource has changed since, nothing"
        " is written and the response is 412. Without the header, or with `*`, the change is always written.",
    ),
    AfterValidator(lambda value: None if value is None else _check_if_match(value)),
]


class PreconditionFailed(Problem):
    """The resource is not the one that the change is based on. The body has the present one and who changed it last.

    Args:
        current: the present resource, as JSON.
        etag: its entity tag.
        changed_by: e-mail address of who changed it last; None for a command of the administrator of the database.
        changed_at: when; None when the audit log does not say.
    """

    status, type, title = 412, "precondition_failed", "Changed by somebody else"

    def __init__(
        self, current: Mapping[str, Any], etag: str, *, changed_by: str | None, changed_at: datetime | None
    ) -> None:
        when = "" if changed_at is None else f" at {changed_at:%Y-%m-%dT%H:%M:%SZ}"
        super().__init__(
            f"{changed_by or 'Somebody else'} has changed this{when}. Nothing was saved; see `current`.",
            headers={"ETag": etag},
        )
        self._current = dict(current)
        self._changed_by, self._changed_at = changed_by, changed_at

    def body(self) -> dict[str, object]:
        """Return the JSON object of the response, with `current`, `changed_by` and `changed_at`."""
        return {
            **super().body(),
            "current": self._current,
            "changed_by": self._changed_by,
            "changed_at": None if self._changed_at is None else self._changed_at.isoformat(),
        }


def settings_etag(settings: Mapping[str, Any]) -> str:
    """Return the strong entity tag of these settings, with its quotes. Their order does not matter.

    >>> settings_etag({"a": 1, "b": None}) == settings_etag({"b": None, "a": 1})
    True
    """
    return make_etag([json.dumps(settings, sort_keys=True, default=str).encode()])


def if_match_holds(if_match: str | None, etag: str) -> bool:
    """Return whether a change with this `If-Match` header may be written. Tags are compared strongly.

    >>> if_match_holds('"a", "b"', '"b"'), if_match_holds('W/"b"', '"b"'), if_match_holds("*", '"b"')
    (True, False, True)
    """
    if if_match is None or if_match.strip() == "*":
        return True
    return etag in re.findall(_TAG, if_match)
