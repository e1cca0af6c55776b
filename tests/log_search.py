"""Search logs for what no log may have: addresses, worker keys, tokens, passwords."""

from __future__ import annotations

import re
from collections.abc import Mapping

PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b"),
    "a worker key": re.compile(r"\bmk_[A-Za-z0-9_-]{8,}"),
    "an access token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}"),
    "a password in a URL": re.compile(r"://[^\s:/@]+:[^\s@*]+@"),
    "the token of a link": re.compile(r"[?&/#](?:token|token_hash|wall|unsubscribe)[=/](?!\{)[\w-]{20,}"),
}


def find_secrets(logs: Mapping[str, str], known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (log, what) of everything that was found: `known` secrets, and what looks like one.

    Args:
        logs: the text of each log, by its name.
        known: secrets that were used, by what they are.
    """
    return [
        (name, what)
        for name, text in logs.items()
        for what, is_in in (
            *((what, secret in text) for what, secret in known.items()),
            *((what, pattern.search(text) is not None) for what, pattern in PATTERNS.items()),
        )
        if is_in
    ]
