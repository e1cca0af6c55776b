"""Worker keys: the credentials of a store's edge boxes. Only their SHA-256 is stored."""

from __future__ import annotations

from . import bearer_token
from .bearer_token import digest

__all__ = ["PREFIX", "digest", "generate", "hint", "is_well_formed"]

PREFIX = "mk_"


def generate() -> str:
    """Return a new key: `mk_` and 32 random bytes in base64url, 46 characters."""
    return bearer_token.generate(PREFIX)


def hint(key: str) -> str:
    """Return the last four characters of a key, which identify it to people."""
    return key[-4:]


def is_well_formed(key: str) -> bool:
    """Return whether a text has the format of a key; checked before any lookup."""
    return bearer_token.is_well_formed(PREFIX, key)
