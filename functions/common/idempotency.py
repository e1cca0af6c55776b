"""`Idempotency-Key` of creating routes: the repetition of a request creates nothing, and gets the same response.

After draft-ietf-httpapi-idempotency-key-header. The key is claimed and the response is stored in the transaction of the
request: a request that fails leaves no trace, so that it can be sent again. Rows are kept for `IDEMPOTENCY_RETENTION`.

A response can contain a secret (a worker key, the token of a link). Neither it nor the key of the request is stored in
clear: the response is encrypted with a key that is derived from the `Idempotency-Key`, of which only a digest is
stored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from pydantic import AfterValidator, BaseModel

from .authentication import IdentityDep
from .database import Connection, ConnectionDep
from .field_errors import FieldErrorType, refused
from .idempotency_records import ClaimedKey, KeyIsClaimed, claim_key, store_response
from .identity import Identity
from .problems import Conflict, Invalid, Problem

MIN_KEY_LENGTH, MAX_KEY_LENGTH = 16, 200
_NONCE_BYTES = 12  # of AES-GCM

Body = TypeVar("Body", bound=BaseModel)


def _check_key(value: str | None) -> str | None:
    """Return the key without the quotes of a structured field: the draft demands them, many clients omit them."""
    if value is None:
        return None
    key = value.strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not (MIN_KEY_LENGTH <= len(key) <= MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
        raise refused(
            FieldErrorType.IDEMPOTENCY_KEY_INVALID,
            f"must be {MIN_KEY_LENGTH} to {MAX_KEY_LENGTH} printable ASCII characters; use a random UUID",
        )
    return key


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=MAX_KEY_LENGTH + 2,
        description="A random UUID for each creation. A repetition with the same key and body within a day creates"
        " nothing and gets the response of the first request.",
    ),
    AfterValidator(_check_key),
]


class KeyInUse(Conflict):
    """A request with the same `Idempotency-Key` has not ended yet."""

    type = "idempotency_key_in_use"
    default_detail = "A request with this Idempotency-Key is still being processed; wait for its response."


class KeyReused(Problem):
    """The `Idempotency-Key` belongs to another request."""

    status, type, title = 422, "idempotency_key_reused", "Idempotency-Key used for another request"
    default_detail = "This Idempotency-Key was sent with another request; use a new one for each creation."


IDEMPOTENCY_PROBLEMS = (KeyInUse, Invalid, KeyReused)
"""What a route with an `IdempotencyDep` can respond with besides its own problems."""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The creation that a request asks for, which happens once for each key and user.

    Attributes:
        connection: connection of the request.
        identity: the caller.
        key: the `Idempotency-Key`; None when the request has none, so that it always creates.
        request_sha256: digest of the method, the address and the JSON body.
    """

    connection: Connection
    identity: Identity
    key: str | None
    request_sha256: bytes

    def run(self, model: type[Body], create: Callable[[], Body]) -> Body:
        """Return what `create` returns, or what it has returned to the first request with this key.

        Args:
            model: type of the response.
            create: creates the resource in the transaction of the request.

        Raises:
            KeyInUse: another request with the key has not ended yet.
            KeyReused: the key was sent with another request.
        """
        if self.key is None:
            return create()
        claim = self._claim(self.key)
        if claim.response is None:
            created = create()
            store_response(self.connection, claim, self._encrypt(self.key, created.model_dump_json().encode()))
            return created
        if claim.request_sha256 != self.request_sha256:
            raise KeyReused
        return model.model_validate_json(self._decrypt(self.key, claim.response))

    def _claim(self, key: str) -> ClaimedKey:
        try:
            return claim_key(self.connection, self.identity, sha256(key.encode()).digest(), self.request_sha256)
        except KeyIsClaimed:
            raise KeyInUse from None

    def _encrypt(self, key: str, text: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self._response_key(key)).encrypt(nonce, text, self.request_sha256)

    def _decrypt(self, key: str, stored: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, text = stored[:_NONCE_BYTES], stored[_NONCE_BYTES:]
        return AESGCM(self._response_key(key)).decrypt(nonce, text, self.request_sha256)

    def _response_key(self, key: str) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        salt = self.identity.user_id.bytes
        return HKDF(SHA256(), length=32, salt=salt, info=b"metrica idempotency response").derive(key.encode())


async def _get_idempotency(
    request: Request, identity: IdentityDep, connection: ConnectionDep, key: IdempotencyKey = None
) -> Idempotency:
    # FastAPI has read and parsed the body before; the order of its members does not matter.
    body = await request.body()
    parsed = json.loads(body) if body else None
    request_text = json.dumps([request.method, request.url.path, request.url.query, parsed], sort_keys=True)
    return Idempotency(connection, identity, key, sha256(request_text.encode()).digest())


IdempotencyDep = Annotated[Idempotency, Depends(_get_idempotency)]
