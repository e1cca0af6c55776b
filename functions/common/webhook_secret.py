"""The secret of a webhook, in the form of the Standard Webhooks specification.

The secret is not stored: it is derived from NOTIFICATION_KEY and the id of the channel. A dump of the database does not
contain it. Another key changes the secrets of all webhooks.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from uuid import UUID

from .secret import Secret

PREFIX = "whsec_"


def webhook_secret(key: Secret, channel_id: UUID) -> str:
    """Return the secret of a webhook: `whsec_` and 32 bytes in base64.

    Args:
        key: the setting NOTIFICATION_KEY.
        channel_id: the channel.
    """
    digest = hmac.digest(key.reveal().encode(), b"metrica webhook " + channel_id.bytes, hashlib.sha256)
    return PREFIX + b64encode(digest).decode()
