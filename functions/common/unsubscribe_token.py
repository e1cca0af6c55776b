"""The token with which a mail program ends a subscription to reports (RFC 8058), without a sign-in.

The token is not stored: it is derived from NOTIFICATION_KEY and the id of the subscription. The database has its
SHA-256. The token works until the subscription ends.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from . import bearer_token
from .secret import Secret

PREFIX = "un_"


def unsubscribe_token(key: Secret, subscription_id: UUID) -> str:
    """Return the token of a subscription: `un_` and 32 bytes in base64url.

    Args:
        key: the setting NOTIFICATION_KEY.
        subscription_id: the subscription.
    """
    value = hmac.digest(key.reveal().encode(), b"metrica unsubscribe " + subscription_id.bytes, hashlib.sha256)
    return bearer_token.encode(PREFIX, value)


def is_well_formed(token: str) -> bool:
    """Return whether a text has the format of a token; checked before any lookup."""
    return bearer_token.is_well_formed(PREFIX, token)
