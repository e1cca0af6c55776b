"""Worker keys: what a store's edge boxes authenticate with (DESIGN, section 6). Only the SHA-256 is ever stored."""

from __future__ import annotations

import hashlib
import re

PREFIX = "mk_"
RANDOM_BYTES = 32
_SHAPE = re.compile(r"mk_[A-Za-z0-9_-]{43}", re.ASCII)


def generate() -> str:
    """A new key: `mk_` and 32 random bytes in base64url, 46 characters. Shown once, to whoever asked for it."""
    import secrets  # with random behind it: not for a Lambda that only checks keys

    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest(key: str) -> bytes:
    """What the database keeps of a key: its SHA-256, 32 bytes. No salt: the key has 256 bits of its own."""
    return hashlib.sha256(key.encode()).digest()


def hint(key: str) -> str:
    """The last four characters, by which a person tells keys apart."""
    return key[-4:]


def has_the_shape(key: str) -> bool:
    """Whether a text could be a key at all; costs nothing, so it goes before any lookup."""
    return _SHAPE.fullmatch(key) is not None
