"""Password hashes: scrypt with 16 MiB, about 50 ms each."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from local.auth.errors import WeakPasswordError, validation_failed

MINIMUM_LENGTH = 8
# The limit of bcrypt, which Supabase uses.
MAXIMUM_BYTES = 72
_COST, _BLOCK_SIZE, _PARALLELISM = 2**14, 8, 1


def check_strength(password: str) -> None:
    """Check that a new password is neither too short nor too long.

    Raises:
        WeakPasswordError: It has fewer than `MINIMUM_LENGTH` characters.
        AuthError: It has more than `MAXIMUM_BYTES` bytes.
    """
    if len(password) < MINIMUM_LENGTH:
        raise WeakPasswordError(f"Password should be at least {MINIMUM_LENGTH} characters.", ["length"])
    if len(password.encode()) > MAXIMUM_BYTES:
        raise validation_failed(f"Password cannot be longer than {MAXIMUM_BYTES} characters")


def hash_password(password: str) -> str:
    """Return `scrypt$n$r$p$salt$digest`, salt and digest in base64."""
    salt = secrets.token_bytes(16)
    digest = _derive(password, salt, _COST, _BLOCK_SIZE, _PARALLELISM)
    parameters = f"{_COST}${_BLOCK_SIZE}${_PARALLELISM}"
    return f"scrypt${parameters}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def verify_password(password: str, encoded: str | None) -> bool:
    """Return whether the password matches. Without a hash (no account, no password yet) it takes as long."""
    if encoded is None:
        _derive(password, b"no such account.", _COST, _BLOCK_SIZE, _PARALLELISM)
        return False
    _, cost, block_size, parallelism, salt, digest = encoded.split("$")
    derived = _derive(password, base64.b64decode(salt), int(cost), int(block_size), int(parallelism))
    return hmac.compare_digest(derived, base64.b64decode(digest))


def _derive(password: str, salt: bytes, cost: int, block_size: int, parallelism: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block_size, p=parallelism, maxmem=64 * 2**20, dklen=32
    )
