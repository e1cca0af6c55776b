"""Verification of Supabase access tokens.

A token is refused when its signature is bad, its algorithm is not ES256, a header brings or points at a key (`jwk`,
`jku`, `x5c`, `x5u`), it has critical extensions or duplicate members, is larger than 8 KiB, lacks one of `exp iat sub
aud iss`, has another issuer or audience, is of an anonymous sign-in, or has a role other than `authenticated`.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import jwt
from jwt.exceptions import ExpiredSignatureError, PyJWTError

from .identity import Identity
from .key_set import ALGORITHM, KeySet, KeysUnavailableError, UnknownKeyError
from .problems import Unauthorized, Unavailable
from .strict_json import NotJSONError, parse_strictly

AUDIENCE = "authenticated"
ROLE = "authenticated"
SUPERADMIN_ROLE = "superadmin"
LEEWAY_S = 10
MAX_TOKEN_LENGTH = 8192
MAX_KID_LENGTH = 256
MAX_EMAIL_LENGTH = 320
REFUSED_HEADERS = frozenset({"jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256", "crit", "b64", "zip", "enc"})


class InvalidToken(Unauthorized):
    """The token is not valid. `reason` is for the log and is not part of the response."""

    type = "invalid_token"
    default_detail = "The access token is not valid; sign in again."

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        self.reason = reason


class ExpiredToken(InvalidToken):
    """The token is valid except that it has expired."""

    type = "token_expired"
    default_detail = "The access token has expired; refresh the session."


class IdentityUnavailable(Unavailable):
    """The issuer's keys cannot be fetched, so the token cannot be verified."""

    type = "identity_unavailable"
    default_detail = "Access tokens cannot be verified at the moment; try again later."


class TokenVerifier:
    """Verifies the access tokens of one issuer."""

    def __init__(self, issuer: str, keys: KeySet) -> None:
        self._issuer = issuer
        self._keys = keys

    def verify(self, token: str) -> Identity:
        """Return the identity of a token.

        Raises:
            InvalidToken: the token is refused; ExpiredToken when nothing but its time is wrong.
            IdentityUnavailable: the issuer's keys cannot be fetched and no known key fits.
        """
        kid = read_key_id(token)
        try:
            key = self._keys.get_key(kid)
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
        _decode_part(token, 1)  # refuses signed claims with duplicate members
        return read_identity(claims)


def read_key_id(token: str) -> str:
    """Return the `kid` of a token.

    Raises:
        InvalidToken: the token is too large or malformed, or its header is refused.
    """
    if len(token) > MAX_TOKEN_LENGTH:
        raise InvalidToken("oversized")
    if token.count(".") != 2 or not token.isascii():
        raise InvalidToken("it does not have three parts")
    header = _decode_part(token, 0)
    if header.get("alg") != ALGORITHM:
        raise InvalidToken("algorithm")
    if refused := REFUSED_HEADERS.intersection(header):
        raise InvalidToken(f"header {', '.join(sorted(refused))}")
    if header.get("typ", "JWT") != "JWT":
        raise InvalidToken("typ")
    kid = header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= MAX_KID_LENGTH:
        raise InvalidToken("kid is missing or too long")
    return kid


def read_identity(claims: Mapping[str, Any]) -> Identity:
    """Return the identity that verified claims describe.

    Raises:
        InvalidToken: the claims are not those of a signed-in person.
    """
    if claims.get("role") != ROLE:
        raise InvalidToken("role")
    if claims.get("is_anonymous", False) is not False:
        raise InvalidToken("anonymous")
    try:
        user_id = UUID(claims["sub"])
    except (ValueError, AttributeError, TypeError):
        raise InvalidToken("sub is not a UUID") from None
    email = claims.get("email")
    # Never user_metadata: the user can write it.
    app_metadata = claims.get("app_metadata")
    return Identity(
        user_id=user_id,
        email=_parse_email(email),
        has_superadmin_role=isinstance(app_metadata, dict) and app_metadata.get("role") == SUPERADMIN_ROLE,
    )


def _parse_email(claim: object) -> str | None:
    if not isinstance(claim, str) or "@" not in claim or len(claim) > MAX_EMAIL_LENGTH or not claim.isprintable():
        return None
    return claim.lower()


def _decode_part(token: str, index: int) -> dict[str, Any]:
    text = token.split(".")[index]
    try:
        decoded = parse_strictly(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NotJSONError, binascii.Error, ValueError):
        raise InvalidToken("a part cannot be decoded") from None
    if not isinstance(decoded, dict):
        raise InvalidToken("a part is not a JSON object")
    return decoded
