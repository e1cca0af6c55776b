"""Access tokens: ES256 JWTs with the claims of Supabase Auth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import jwt

from local.auth import errors
from local.auth.accounts import Account
from local.auth.keys import AuthKeys
from local.auth.sessions import Session

AUDIENCE: Final = "authenticated"
LIFETIME: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """Signs and reads the access tokens of one issuer (`<url>/auth/v1`)."""

    keys: AuthKeys
    issuer: str
    lifetime: timedelta = LIFETIME

    def sign(self, account: Account, session: Session, now: datetime) -> str:
        """An access token that is good from `now` for `lifetime`."""
        issued = int(now.timestamp())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": account.id,
            "aud": AUDIENCE,
            "exp": issued + int(self.lifetime.total_seconds()),
            "iat": issued,
            "email": account.email,
            "phone": "",
            "app_metadata": account.app_metadata,
            "user_metadata": account.user_metadata,
            "role": "authenticated",
            "aal": "aal1",
            "amr": list(session.methods),
            "session_id": session.id,
            "is_anonymous": False,
        }
        return jwt.encode(claims, self.keys.private_key, algorithm="ES256", headers={"kid": self.keys.key_id})

    def read(self, token: str) -> Mapping[str, Any]:
        """The claims of a token of ours; raises AuthError `bad_jwt`."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self.keys.private_key.public_key(),
                algorithms=["ES256"],
                audience=AUDIENCE,
                issuer=self.issuer,
                options={"require": ["exp", "iat", "sub", "aud", "iss", "session_id"]},
            )
        except jwt.PyJWTError as error:
            raise errors.bad_jwt(str(error)) from error
        return claims
