"""JSON that two parsers cannot read in two ways."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NotJSONError(ValueError):
    """The text is not strict JSON. The message says why and does not quote the text."""


def parse_strictly(text: str | bytes) -> Any:
    """Parse JSON, refusing duplicate keys, NaN, Infinity and too deep nesting.

    >>> parse_strictly('{"a": 1}')
    {'a': 1}

    Raises:
        NotJSONError: the text is not JSON in this sense.
    """
    try:
        return json.loads(text, object_pairs_hook=_object_without_duplicates, parse_constant=_refuse_constant)
    except NotJSONError:
        raise
    except RecursionError:
        raise NotJSONError("it is nested too deeply") from None
    except (ValueError, UnicodeDecodeError):  # also an integer of more than 4300 digits
        raise NotJSONError("it is not JSON") from None


def parse_items(text: bytes) -> Any:
    """Parse UTF-8 JSON whose items are validated one by one: a faulty item must not spoil the others.

    An object with a duplicate key becomes None. NaN and Infinity become floats: the validation of an item refuses them.

    >>> parse_items(b'{"events": [{"a": 1, "a": 2}, {"a": 3}]}')
    {'events': [None, {'a': 3}]}

    Raises:
        NotJSONError: the text is not JSON at all.
    """
    try:
        return json.loads(text.decode(), object_pairs_hook=_object_or_none)
    except (ValueError, RecursionError):
        raise NotJSONError("it is not JSON") from None


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJSONError("an object has a duplicate key")
    return made


def _object_or_none(pairs: list[tuple[str, Any]]) -> dict[str, Any] | None:
    made = dict(pairs)
    return made if len(made) == len(pairs) else None


def _refuse_constant(_name: str) -> NoReturn:
    raise NotJSONError("NaN and Infinity are not JSON")
