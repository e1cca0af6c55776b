"""Reading the members of a JSON object. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from functions.common.problems import FieldError, field_error

from .event_batch import POSTGRES_EPOCH

MAX_INT = 2**31 - 1
MAX_TEXT_LENGTH = 200
UUID_LENGTH = 36


class FieldReader:
    """Reads the members of an object, and collects all errors. A method returns its default for an invalid member.

    Args:
        members: the object.
        parent: the name of the object in the body; None for the body itself.
        errors: where to add errors; None for a list of its own.
    """

    def __init__(
        self, members: Mapping[str, Any], parent: str | None = None, errors: list[FieldError] | None = None
    ) -> None:
        self._members = members
        self._loc: list[str | int] = ["body", parent] if parent else ["body"]
        self.errors: list[FieldError] = [] if errors is None else errors

    def add_error(self, name: str, type_: str, message: str) -> None:
        """Add an error of a member."""
        self.errors.append(field_error([*self._loc, name], type_, message))

    def has(self, name: str) -> bool:
        """Return whether the object has the member."""
        return name in self._members

    def timestamp(self, name: str) -> datetime:
        """Return an aware timestamp (RFC 3339), whose UTC time is in the years 1 to 9999."""
        value = self._members.get(name)
        try:
            at = datetime.fromisoformat(value if isinstance(value, str) and value[10] == "T" else "")
            if at.tzinfo is not None:
                return at.astimezone(UTC)
        except (ValueError, IndexError, OverflowError):
            pass
        self.add_error(name, "moment_expected", "Must be a timestamp with an offset, for example 2026-11-22T09:15:00Z.")
        return POSTGRES_EPOCH

    def count(self, name: str, maximum: int = MAX_INT) -> int:
        """Return an integer of at least 0."""
        value = self._members.get(name)
        if type(value) is int and 0 <= value <= maximum:
            return value
        self.add_error(name, "count_expected", f"Must be an integer from 0 to {maximum}.")
        return 0

    def optional_count(self, name: str) -> int | None:
        """Return an integer of at least 0, or None when it is null or missing."""
        if self._members.get(name) is None:
            return None
        errors = len(self.errors)
        value = self.count(name)
        return value if len(self.errors) == errors else None

    def uuid(self, name: str) -> UUID | None:
        """Return a UUID in its 36-character form, or None."""
        value = self._members.get(name)
        if value is None:
            return None
        try:
            return UUID(value if isinstance(value, str) and len(value) == UUID_LENGTH else "")
        except ValueError:
            self.add_error(name, "uuid_expected", "Must be a UUID, or null.")
            return None

    def version(self, name: str) -> int | None:
        """Return a version, an integer of at least 1, or None."""
        value = self._members.get(name)
        if value is None or (type(value) is int and 1 <= value <= MAX_INT):
            return value
        self.add_error(name, "version_expected", f"Must be an integer from 1 to {MAX_INT}, or null.")
        return None

    def number(self, name: str, minimum: float = 0.0, maximum: float = 1e9) -> float | None:
        """Return a number in a range, or None. A billion seconds are about 30 years."""
        value = self._members.get(name)
        if value is None:
            return None
        if type(value) in {int, float} and minimum <= value <= maximum:  # False for NaN
            return float(value)
        self.add_error(name, "number_expected", f"Must be a number from {minimum:g} to {maximum:g}, or null.")
        return None

    def text(self, name: str, max_length: int = MAX_TEXT_LENGTH) -> str | None:
        """Return a printable text, or None."""
        value = self._members.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= max_length and value.isprintable():
            return value
        self.add_error(name, "text_expected", f"Must be a text of at most {max_length} printable characters, or null.")
        return None

    def choice(self, name: str, choices: Collection[str]) -> str | None:
        """Return one of the choices, or None."""
        value = self._members.get(name)
        if value is None or (isinstance(value, str) and value in choices):
            return value
        self.add_error(name, "choice_expected", f"Must be one of {', '.join(sorted(choices))}, or null.")
        return None

    def points(self, name: str, maximum: int) -> list[tuple[float, float]]:
        """Return a list of [x, y] with both in 0..1, or an empty list."""
        value = self._members.get(name)
        if value is None:
            return []
        if isinstance(value, list) and len(value) <= maximum and all(_is_point(point) for point in value):
            return [(float(x), float(y)) for x, y in value]
        self.add_error(name, "points_expected", f"Must be a list of at most {maximum} [x, y] in 0 to 1, or null.")
        return []


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(share) in {int, float} and 0 <= share <= 1 for share in value)
    )
