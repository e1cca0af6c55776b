"""The secrets of a local auth, created at the first start: an ES256 signing key and two API keys."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

_FILE = "keys.json"


@dataclass(frozen=True, slots=True)
class AuthKeys:
    """The keys of one auth.

    Attributes:
        private_key: Signs the access tokens.
        key_id: The `kid` of the tokens and of the public key.
        anon_key: The public API key, known to every browser.
        service_role_key: The secret API key of the admin endpoints.
    """

    private_key: ec.EllipticCurvePrivateKey
    key_id: str
    anon_key: str
    service_role_key: str

    def jwks(self) -> dict[str, Any]:
        """Return the public key as a JSON Web Key Set (RFC 7517)."""
        numbers = self.private_key.public_key().public_numbers()
        return {
            "keys": [
                {
                    "kty": "EC",
                    "crv": "P-256",
                    "alg": "ES256",
                    "use": "sig",
                    "key_ops": ["verify"],
                    "ext": True,
                    "kid": self.key_id,
                    "x": _base64url(numbers.x.to_bytes(32, "big")),
                    "y": _base64url(numbers.y.to_bytes(32, "big")),
                }
            ]
        }


def load_or_create(folder: Path) -> AuthKeys:
    """Return the keys in the folder; the first process creates them (mode 0600).

    Raises:
        TypeError: The file holds a key of another kind.
    """
    path = folder / _FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, _new_keys())
    stored = json.loads(path.read_text())
    private_key = serialization.load_pem_private_key(stored["private_key"].encode(), password=None)
    if not isinstance(private_key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} does not hold an elliptic-curve key: delete it to create new keys")
    return AuthKeys(private_key, _key_id(private_key), stored["anon_key"], stored["service_role_key"])


def _new_keys() -> str:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return json.dumps(
        {
            "private_key": pem.decode(),
            "anon_key": f"sb_publishable_{secrets.token_urlsafe(24)}",
            "service_role_key": f"sb_secret_{secrets.token_urlsafe(32)}",
        },
        indent=2,
    )


def _write_once(path: Path, text: str) -> None:
    """Write the file completely or not at all; keep one that exists."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _key_id(private_key: ec.EllipticCurvePrivateKey) -> str:
    der = private_key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(der).hexdigest()[:32]


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
