"""Every key of an installation, derived from METRICA_SECRET by HKDF-SHA256 (RFC 5869).

The label of a key is part of the derivation, so no key tells anything about another or about the secret. A key that is
derived needs no storage and no backup: the same secret gives the same keys on a new server. Another secret changes all
of them.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Number of points of the curve P-256 (FIPS 186-4, D.1.2.3)."""
_SERVICE_TOKEN_ISSUED_AT = 1_767_225_600  # 2026-01-01


@dataclass(frozen=True)
class Keys:
    """The keys of one installation. `repr` does not show the secret."""

    secret: str

    def __repr__(self) -> str:
        return "Keys()"

    def password(self, name: str) -> str:
        """Return the password of a database login: 43 characters of base64url.

        Args:
            name: `postgres`, `auth` or the name of a function.
        """
        return _base64url(self._derive(f"database password {name}", 32))

    @cached_property
    def notification_key(self) -> str:
        """The setting NOTIFICATION_KEY."""
        return self._derive("notification key", 32).hex()

    @cached_property
    def snapshot_key(self) -> str:
        """The setting SNAPSHOT_KEY."""
        return self._derive("snapshot key", 32).hex()

    @cached_property
    def anon_key(self) -> str:
        """The public API key of the auth server, which every browser knows."""
        return f"sb_publishable_{_base64url(self._derive('anon key', 24))}"

    @cached_property
    def jwt_secret(self) -> str:
        """The symmetric secret that the auth server asks for. It signs no token: the signing key does."""
        return self._derive("jwt secret", 32).hex()

    @cached_property
    def signing_key(self) -> ec.EllipticCurvePrivateKey:
        """The P-256 key that signs access tokens (ES256)."""
        return self.private_key("signing key")

    def private_key(self, label: str) -> ec.EllipticCurvePrivateKey:
        """Return the P-256 key with a label."""
        # 48 bytes for a range of 32: the bias is below 2^-128 (FIPS 186-5, A.2.1).
        number = int.from_bytes(self._derive(label, 48), "big") % (_P256_ORDER - 1) + 1
        return ec.derive_private_key(number, ec.SECP256R1())

    @cached_property
    def key_id(self) -> str:
        """The `kid` of the tokens."""
        numbers = self.signing_key.public_key().public_numbers()
        return hashlib.sha256(f"{numbers.x:064x}{numbers.y:064x}".encode()).hexdigest()[:32]

    @cached_property
    def signing_jwk(self) -> dict[str, Any]:
        """The signing key as a private JSON Web Key (RFC 7517)."""
        numbers = self.signing_key.private_numbers()
        public = numbers.public_numbers
        return {
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "key_ops": ["sign", "verify"],
            "ext": True,
            "kid": self.key_id,
            "x": _base64url(public.x.to_bytes(32, "big")),
            "y": _base64url(public.y.to_bytes(32, "big")),
            "d": _base64url(numbers.private_value.to_bytes(32, "big")),
        }

    @cached_property
    def service_role_key(self) -> str:
        """A token with the role `service_role`, for the admin endpoints of the auth server. It does not expire."""
        header = {"alg": "ES256", "typ": "JWT", "kid": self.key_id}
        claims = {"role": "service_role", "iss": "metrica", "iat": _SERVICE_TOKEN_ISSUED_AT}
        signed = ".".join(_base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
        # Deterministic (RFC 6979), which PyJWT's signatures are not: the same secret gives the same token.
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self.signing_key.sign(signed.encode(), algorithm))
        return f"{signed}.{_base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def _derive(self, label: str, length: int) -> bytes:
        derivation = HKDF(algorithm=hashes.SHA256(), length=length, salt=b"metrica", info=label.encode())
        return derivation.derive(self.secret.encode())


def _base64url(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
