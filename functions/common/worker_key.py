"""Worker keys: the credentials of a store's edge boxes. Only their SHA-256 is stored."""

from __future__ import annotations

import hashlib
import re

PREFIX = "mk_"
RANDOM_BYTES = 32
_FORMAT = re.compile(r"mk_[A-Za-z0-9_-]{43}", re.ASCII)


def generate() -> str:
    """Return a new key: `mk_` and 32 random bytes in base64url, 46 characters."""
    import secrets  # it imports random: too slow for a Lambda that only verifies keys

    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest(key: str) -> bytes:
    """Return the SHA-256 of a key, 32 bytes, as the database stores it. No salt: the key has 256 random bits."""
    return hashlib.sha256(key.encode()).digest()


def hint(key: str) -> str:
    """Return the last four characters of a key, which identify it to people."""
    return key[-4:]


def is_well_formed(key: str) -> bool:
    """Return whether a text has the format of a key; checked before any lookup."""
    return _FORMAT.fullmatch(key) is not None
