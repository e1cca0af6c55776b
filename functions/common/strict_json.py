"""JSON as the standard means it: no NaN, no key twice, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NotJSONError(ValueError):
    """The text is not JSON in the strict sense; the message says how, without quoting the text."""


def load_strictly(text: str | bytes) -> Any:
    """Parse JSON text. Raises NotJSONError for anything that two parsers could read in two ways.

    >>> load_strictly('{"a": 1}')
    {'a': 1}
    """
    try:
        return json.loads(text, object_pairs_hook=_object_without_duplicates, parse_constant=_refuse_constant)
    except NotJSONError:
        raise
    except RecursionError:
        raise NotJSONError("nested too deeply") from None
    except (ValueError, UnicodeDecodeError):  # also an integer of more than 4300 digits
        raise NotJSONError("not JSON") from None


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJSONError("an object has the same key twice")
    return made


def _refuse_constant(_name: str) -> NoReturn:
    raise NotJSONError("NaN and Infinity are not JSON")
