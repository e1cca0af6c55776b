"""Remove addresses, keys, tokens and passwords from the lines of a log. Pure.

The code logs none of them. This is for what it does not write itself: the text of an exception, such as the values that
PostgreSQL names when a row is not unique.
"""

from __future__ import annotations

import re

_RULES = (
    # Before addresses: a password in a URL looks like one.
    (re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]*://[^\s:/@]*):[^\s@]*@", re.IGNORECASE), r"\g<before>:***@"),
    (re.compile(r"\bmk_[A-Za-z0-9_-]{8,}"), "mk_***"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*"), "***"),
    (re.compile(r"(?P<before>\bBearer\s+)\S+", re.IGNORECASE), r"\g<before>***"),
    # 256 random bits in base64url: tokens of wall links and of links to unsubscribe.
    (
        re.compile(
            r"(?<![A-Za-z0-9_-])(?=[\w-]*[0-9])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])",
            re.ASCII,
        ),
        "***",
    ),
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?!\*)[\w-]+(?:\.[\w-]+)+"), "***@***"),
    # PostgreSQL repeats the values of a row here.
    (re.compile(r"(?P<before>\bDETAIL:)[^\n]*"), r"\g<before> ***"),
)


def redact(text: str) -> str:
    r"""Return the text with `***` in the place of every address, key, token and password.

    >>> redact("ada@example.org has mk_AbCdEfGhIjKl at postgresql://admin:pa/ss@db/metrica")
    '***@*** has mk_*** at postgresql://admin:***@db/metrica'
    >>> redact("duplicate key\nDETAIL:  Key (name)=(Corner shop) already exists.")
    'duplicate key\nDETAIL: ***'
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
