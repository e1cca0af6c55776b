"""Password hashes: scrypt, 16 MiB and about 50 ms each."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from local.auth.errors import WeakPasswordError, validation_failed

MINIMUM_LENGTH = 8
# The limit of bcrypt, which Supabase uses: what is accepted here is accepted there.
MAXIMUM_BYTES = 72
_COST, _BLOCK, _LANES = 2**14, 8, 1


def check_strength(password: str) -> None:
    """Raises WeakPasswordError below `MINIMUM_LENGTH` characters, AuthError above `MAXIMUM_BYTES` bytes."""
    if len(password) < MINIMUM_LENGTH:
        raise WeakPasswordError(f"Password should be at least {MINIMUM_LENGTH} characters.", ["length"])
    if len(password.encode()) > MAXIMUM_BYTES:
        raise validation_failed(f"Password cannot be longer than {MAXIMUM_BYTES} characters")


def hash_password(password: str) -> str:
    """`scrypt$n$r$p$salt$digest`, salt and digest in base64."""
    salt = secrets.token_bytes(16)
    digest = _derive(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def verify_password(password: str, encoded: str | None) -> bool:
    """Whether the password fits; takes as long when there is no account or no password yet (`encoded` None)."""
    if encoded is None:
        _derive(password, b"no such account.", _COST, _BLOCK, _LANES)
        return False
    _, cost, block, lanes, salt, digest = encoded.split("$")
    derived = _derive(password, base64.b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(derived, base64.b64decode(digest))


def _derive(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=64 * 2**20, dklen=32)
