"""The token with which a mail program ends a subscription to reports (RFC 8058), without a sign-in.

The token is not stored: it is derived from NOTIFICATION_KEY and the id of the subscription. The database has its
SHA-256. The token works until the subscription ends.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from uuid import UUID

from .secret import Secret

PREFIX = "un_"
_FORMAT = re.compile(r"un_[A-Za-z0-9_-]{43}", re.ASCII)


def unsubscribe_token(key: Secret, subscription_id: UUID) -> str:
    """Return the token of a subscription: `un_` and 32 bytes in base64url.

    Args:
        key: the setting NOTIFICATION_KEY.
        subscription_id: the subscription.
    """
    digest = hmac.digest(key.reveal().encode(), b"metrica unsubscribe " + subscription_id.bytes, hashlib.sha256)
    return PREFIX + urlsafe_b64encode(digest).decode().rstrip("=")


def token_digest(token: str) -> bytes:
    """Return the SHA-256 of a token, as the database stores it. No salt: the token has 256 bits that nobody guesses."""
    return hashlib.sha256(token.encode()).digest()


def is_well_formed(token: str) -> bool:
    """Return whether a text has the format of a token; checked before any lookup."""
    return _FORMAT.fullmatch(token) is not None
