"""Repository of idempotency keys. Only digests of the keys are stored, and encrypted responses."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import psycopg
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from db.timescale.tables import idempotency_keys

from .database import Connection
from .identity import Identity

_CLAIM_TIMEOUT = "100ms"


class KeyIsClaimed(Exception):  # noqa: N818 - a state, not a fault
    """Another transaction that has not ended has claimed the key."""


@dataclass(frozen=True, slots=True)
class ClaimedKey:
    """A key of a user.

    Attributes:
        user_id: the user.
        key_sha256: digest of the key.
        request_sha256: digest of the first request with the key.
        response: encrypted response to it; None when the transaction of this request has claimed the key.
    """

    user_id: UUID
    key_sha256: bytes
    request_sha256: bytes
    response: bytes | None


def claim_key(connection: Connection, identity: Identity, key_sha256: bytes, request_sha256: bytes) -> ClaimedKey:
    """Claim a key of the caller for the transaction of this request, or return the row of the first request with it.

    Raises:
        KeyIsClaimed: another transaction has claimed it and has not ended. The transaction of this request is void.
    """
    keys = idempotency_keys.c
    connection.execute(select(func.set_config("lock_timeout", _CLAIM_TIMEOUT, True)))
    try:
        claimed = connection.execute(
            insert(idempotency_keys)
            .values(user_id=identity.user_id, key_sha256=key_sha256, request_sha256=request_sha256)
            .on_conflict_do_nothing()
            .returning(keys.user_id)
        ).one_or_none()
    except OperationalError as error:
        if isinstance(error.orig, psycopg.errors.LockNotAvailable):
            raise KeyIsClaimed from None
        raise
    connection.execute(select(func.set_config("lock_timeout", "0", True)))
    if claimed is not None:
        return ClaimedKey(identity.user_id, key_sha256, request_sha256, None)
    row = connection.execute(
        select(keys.request_sha256, keys.response).where(
            keys.user_id == identity.user_id, keys.key_sha256 == key_sha256
        )
    ).one()
    return ClaimedKey(identity.user_id, key_sha256, row.request_sha256, row.response)


def store_response(connection: Connection, claim: ClaimedKey, response: bytes) -> None:
    """Store the encrypted response to the request that has claimed the key."""
    keys = idempotency_keys.c
    connection.execute(
        update(idempotency_keys)
        .where(keys.user_id == claim.user_id, keys.key_sha256 == claim.key_sha256)
        .values(response=response)
    )
