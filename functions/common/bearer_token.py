"""Random tokens whose possession is the proof. The database has only their SHA-256.

A token is a prefix that tells its kind, and 32 bytes in base64url. Its digest needs no salt: nobody guesses 256 bits.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode

_BYTES = 32
_ENCODED = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def generate(prefix: str) -> str:
    """Return a new token."""
    import secrets  # it imports random: too slow for a Lambda that only checks tokens

    return encode(prefix, secrets.token_bytes(_BYTES))


def encode(prefix: str, value: bytes) -> str:
    """Return the token of 32 bytes."""
    return prefix + urlsafe_b64encode(value).decode().rstrip("=")


def digest(token: str) -> bytes:
    """Return the SHA-256 of a token, 32 bytes."""
    return hashlib.sha256(token.encode()).digest()


def is_well_formed(prefix: str, token: str) -> bool:
    """Return whether a text has the format of a token with this prefix; checked before any lookup."""
    return token.startswith(prefix) and _ENCODED.fullmatch(token, len(prefix)) is not None
