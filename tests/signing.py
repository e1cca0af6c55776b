"""An issuer of owner tokens for tests: real ES256 keys, the claims of Supabase, and any lie on top of them."""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from functions.common.key_set import KeySet
from functions.common.tokens import TokenVerifier

SUPABASE_URL = "http://supabase.test"


class SigningKey:
    """One key pair with its id."""

    def __init__(self, kid: str | None = None, curve: ec.EllipticCurve | None = None) -> None:
        self.kid = kid or str(uuid4())
        self.private = ec.generate_private_key(curve or ec.SECP256R1())

    def public_jwk(self) -> dict[str, Any]:
        jwk: dict[str, Any] = json.loads(ECAlgorithm.to_jwk(self.private.public_key()))
        return {**jwk, "kid": self.kid, "alg": "ES256", "use": "sig", "key_ops": ["verify"]}


class Issuer:
    """Signs tokens with its first key and publishes all of them."""

    def __init__(self, supabase_url: str = SUPABASE_URL) -> None:
        self.supabase_url = supabase_url
        self.issuer = f"{supabase_url}/auth/v1"
        self.keys = [SigningKey()]

    @property
    def jwks(self) -> bytes:
        return json.dumps({"keys": [key.public_jwk() for key in self.keys]}).encode()

    def verifier(self) -> TokenVerifier:
        return TokenVerifier(self.issuer, KeySet("http://unused.test", fetch=lambda _url: self.jwks))

    def claims(
        self, user_id: UUID | None = None, email: str | None = None, *, superadmin: bool = False, **changes: Any
    ) -> dict[str, Any]:
        """What a Supabase access token says; a change to None leaves the claim out."""
        user_id = user_id or uuid4()
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": str(user_id),
            "aud": "authenticated",
            "exp": now + 3600,
            "iat": now,
            "email": email or f"{user_id}@example.com",
            "phone": "",
            "app_metadata": {"provider": "email", **({"role": "superadmin"} if superadmin else {})},
            "user_metadata": {},
            "role": "authenticated",
            "aal": "aal1",
            "amr": [{"method": "password", "timestamp": now}],
            "session_id": str(uuid4()),
            "is_anonymous": False,
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def sign(
        self, claims: dict[str, Any], *, headers: dict[str, Any] | None = None, key: SigningKey | None = None
    ) -> str:
        key = key or self.keys[0]
        return jwt.encode(claims, key.private, "ES256", headers={"kid": key.kid, **(headers or {})})

    def token(
        self, user_id: UUID | None = None, email: str | None = None, *, superadmin: bool = False, **changes: Any
    ) -> str:
        return self.sign(self.claims(user_id, email, superadmin=superadmin, **changes))

    def headers(
        self, user_id: UUID | None = None, email: str | None = None, *, superadmin: bool = False
    ) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(user_id, email, superadmin=superadmin)}"}
