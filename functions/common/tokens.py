"""Owner tokens: what a Supabase access token must be before anything in it is believed (DESIGN, section 6).

Refused are, besides bad signatures: any algorithm but ES256, headers that bring or point at a key (`jwk`, `jku`, `x5c`,
`x5u`), critical extensions, duplicate members, tokens of more than 8 KiB, tokens without `exp iat sub aud iss`, of
another issuer or audience, anonymous sign-ins and every role but `authenticated`.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import jwt
from jwt.exceptions import ExpiredSignatureError, PyJWTError

from .key_set import ALGORITHM, KeySet, KeysUnavailableError, UnknownKeyError
from .problems import Unauthorized, Unavailable
from .strict_json import NotJSONError, load_strictly

AUDIENCE = "authenticated"
ROLE = "authenticated"
SUPERADMIN = "superadmin"
LEEWAY_S = 10
LONGEST_TOKEN = 8192
LONGEST_KID = 256
LONGEST_EMAIL = 320
KEY_CARRYING_HEADERS = frozenset({"jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256", "crit", "b64", "zip", "enc"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a verified token speaks for. `email` is lower case and was confirmed to the issuer, or None."""

    user_id: UUID
    email: str | None
    is_superadmin: bool


class InvalidToken(Unauthorized):
    """The credential is there and is not good. `reason` is for our log, never for the caller."""

    type = "invalid_token"
    default_detail = "The access token is not valid; sign in again."

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        self.reason = reason


class ExpiredToken(InvalidToken):
    type = "token_expired"
    default_detail = "The access token has expired; refresh the session."


class IdentityUnavailable(Unavailable):
    type = "identity_unavailable"
    default_detail = "Sign-ins cannot be checked right now; try again in a moment."


class TokenVerifier:
    """Verifies the access tokens of one issuer."""

    def __init__(self, issuer: str, keys: KeySet) -> None:
        self._issuer = issuer
        self._keys = keys

    def verify(self, token: str) -> Identity:
        """The identity behind the token.

        Raises InvalidToken (ExpiredToken when nothing else is wrong), or IdentityUnavailable when the issuer's keys
        cannot be had and none that is known fits.
        """
        kid = key_id_of(token)
        try:
            key = self._keys.key(kid)
        except UnknownKeyError:
            raise InvalidToken("unknown kid") from None
        except KeysUnavailableError:
            raise IdentityUnavailable(retry_after_s=30) from None
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iat", "sub", "aud", "iss"], "strict_aud": True},
            )
        except ExpiredSignatureError:
            raise ExpiredToken("expired") from None
        except (PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise InvalidToken(f"{type(error).__name__}: {error}") from None
        _part(token, 1)  # signed, but said twice is said not at all
        return identity_of(claims)


def key_id_of(token: str) -> str:
    """The `kid` of a token whose header promises nothing we refuse. Raises InvalidToken."""
    if len(token) > LONGEST_TOKEN:
        raise InvalidToken("oversized")
    if token.count(".") != 2 or not token.isascii():
        raise InvalidToken("not three parts")
    header = _part(token, 0)
    if header.get("alg") != ALGORITHM:
        raise InvalidToken("algorithm")
    if refused := KEY_CARRYING_HEADERS.intersection(header):
        raise InvalidToken(f"header {', '.join(sorted(refused))}")
    if header.get("typ", "JWT") != "JWT":
        raise InvalidToken("typ")
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= LONGEST_KID:
        raise InvalidToken("no kid")
    return kid


def identity_of(claims: Mapping[str, Any]) -> Identity:
    """Who verified claims speak for. Raises InvalidToken for anybody but a signed-in person."""
    if claims.get("role") != ROLE:
        raise InvalidToken("role")
    if claims.get("is_anonymous", False) is not False:
        raise InvalidToken("anonymous")
    try:
        user_id = UUID(claims["sub"])
    except (ValueError, AttributeError, TypeError):
        raise InvalidToken("sub is no UUID") from None
    email = claims.get("email")
    # Never user_metadata: the user writes that.
    app_metadata = claims.get("app_metadata")
    return Identity(
        user_id=user_id,
        email=_mail_address(email),
        is_superadmin=isinstance(app_metadata, dict) and app_metadata.get("role") == SUPERADMIN,
    )


def _mail_address(claim: object) -> str | None:
    if not isinstance(claim, str) or "@" not in claim or len(claim) > LONGEST_EMAIL or not claim.isprintable():
        return None
    return claim.lower()


def _part(token: str, index: int) -> dict[str, Any]:
    text = token.split(".")[index]
    try:
        decoded = load_strictly(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NotJSONError, binascii.Error, ValueError):
        raise InvalidToken("unreadable part") from None
    if not isinstance(decoded, dict):
        raise InvalidToken("part is no object")
    return decoded
