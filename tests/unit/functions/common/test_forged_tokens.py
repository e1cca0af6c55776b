"""Every known way of forging an owner token is refused, and a good one is not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.common.problems import Unauthorized
from functions.common.tokens import ExpiredToken, InvalidToken
from tests.signing import Issuer, SigningKey

ISSUER = Issuer()
VERIFIER = ISSUER.verifier()
KEY = ISSUER.keys[0]
NOW = int(time.time())
HEADER = {"alg": "ES256", "typ": "JWT", "kid": KEY.kid}


def b64(data: bytes | dict[str, Any]) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_token(header: bytes | dict[str, Any], payload: bytes | dict[str, Any], signature: bytes | None = None) -> str:
    """A token of exactly these parts; signed by the real key unless a signature is given."""
    signing_input = f"{b64(header)}.{b64(payload)}"
    if signature is None:
        signature = jwt.get_algorithm_by_name("ES256").sign(signing_input.encode(), KEY.private)
    return f"{signing_input}.{b64(signature)}"


def hs256_with(secret: bytes) -> str:
    header, payload = {"alg": "HS256", "typ": "JWT", "kid": KEY.kid}, ISSUER.claims()
    signing_input = f"{b64(header)}.{b64(payload)}"
    return f"{signing_input}.{b64(hmac.new(secret, signing_input.encode(), hashlib.sha256).digest())}"


def public_pem() -> bytes:
    return KEY.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def es384() -> str:
    key = SigningKey(curve=ec.SECP384R1())
    return jwt.encode(ISSUER.claims(), key.private, "ES384", headers={"kid": KEY.kid})


def stranger(kid: str, **headers: Any) -> str:
    """Signed well, by a key of the attacker's own."""
    own = SigningKey(kid)
    return ISSUER.sign(ISSUER.claims(), key=own, headers=headers)


def with_own_key_in_header(name: str, value: Callable[[SigningKey], Any]) -> str:
    own = SigningKey(KEY.kid)
    return ISSUER.sign(ISSUER.claims(), key=own, headers={name: value(own)})


def headed(**changes: Any) -> str:
    header = {"alg": "ES256", "typ": "JWT", "kid": KEY.kid, **changes}
    return raw_token({name: value for name, value in header.items() if value is not None}, ISSUER.claims())


def claiming(**changes: Any) -> str:
    return ISSUER.token(**changes)


def duplicated_claim() -> str:
    text = json.dumps(ISSUER.claims())
    return raw_token(HEADER, (text[:-1] + f', "sub": "{uuid4()}"}}').encode())


def tampered() -> str:
    head, _, signature = ISSUER.token().split(".")
    return f"{head}.{b64(ISSUER.claims(superadmin=True))}.{signature}"


GOOD = ISSUER.token()

FORGED: dict[str, Callable[[], str]] = {
    "alg none": lambda: raw_token({"alg": "none", "typ": "JWT", "kid": KEY.kid}, ISSUER.claims(), b""),
    "alg None in other letters": lambda: raw_token({"alg": "nOnE", "kid": KEY.kid}, ISSUER.claims(), b""),
    "alg missing": lambda: headed(alg=None),
    "alg not a text": lambda: headed(alg=["ES256"]),
    "HS256 signed with the public key": lambda: hs256_with(public_pem()),
    "HS256 signed with the key set": lambda: hs256_with(ISSUER.jwks),
    "HS256 signed with nothing": lambda: hs256_with(b""),
    "ES384 on another curve": es384,
    "ES256 of a stranger under our kid": lambda: stranger(KEY.kid),
    "unknown kid": lambda: stranger("no-such-key"),
    "no kid": lambda: headed(kid=None),
    "kid that is a number": lambda: headed(kid=7),
    "kid that is empty": lambda: headed(kid=""),
    "kid that is a path": lambda: stranger("../../../../dev/null"),
    "kid that is a URL": lambda: stranger("https://evil.example/jwks.json"),
    "kid that is SQL": lambda: stranger("' UNION SELECT 'x"),
    "kid that is endless": lambda: stranger("k" * 5000),
    "embedded jwk": lambda: with_own_key_in_header("jwk", lambda own: own.public_jwk()),
    "jku": lambda: with_own_key_in_header("jku", lambda _own: "https://evil.example/jwks.json"),
    "x5u": lambda: with_own_key_in_header("x5u", lambda _own: "https://evil.example/cert.pem"),
    "x5c": lambda: with_own_key_in_header("x5c", lambda _own: ["MIIB"]),
    "jku beside a good signature": lambda: headed(jku="https://evil.example/jwks.json"),
    "critical extension": lambda: headed(crit=["exp"]),
    "unencoded payload": lambda: headed(b64=False, crit=["b64"]),
    "typ of something else": lambda: headed(typ="JWE"),
    "typ that is a list": lambda: headed(typ=["JWT"]),
    "algorithm said twice": lambda: raw_token(
        f'{{"alg":"none","alg":"ES256","kid":"{KEY.kid}"}}'.encode(), ISSUER.claims()
    ),
    "claim said twice": duplicated_claim,
    "not yet valid": lambda: claiming(nbf=NOW + 3600),
    "issued in the future": lambda: claiming(iat=NOW + 3600),
    "no exp": lambda: claiming(exp=None),
    "no iat": lambda: claiming(iat=None),
    "no sub": lambda: ISSUER.sign({name: v for name, v in ISSUER.claims().items() if name != "sub"}),
    "no aud": lambda: claiming(aud=None),
    "no iss": lambda: claiming(iss=None),
    "exp that is a text": lambda: claiming(exp="tomorrow"),
    "exp that is endless": lambda: raw_token(
        HEADER, json.dumps({**ISSUER.claims(), "exp": "endless"}).replace('"endless"', "1e999").encode()
    ),
    "wrong iss": lambda: claiming(iss="https://evil.example/auth/v1"),
    "iss with a slash more": lambda: claiming(iss=ISSUER.issuer + "/"),
    "iss in a list": lambda: raw_token(HEADER, {**ISSUER.claims(), "iss": [ISSUER.issuer]}),
    "wrong aud": lambda: claiming(aud="anon"),
    "aud among others": lambda: claiming(aud=["authenticated", "everybody"]),
    "sub that is no UUID": lambda: claiming(sub="1 OR 1=1"),
    "sub that is a number": lambda: claiming(sub=7),
    "anonymous": lambda: claiming(is_anonymous=True),
    "anonymous as a text": lambda: claiming(is_anonymous="true"),
    "service role": lambda: claiming(role="service_role"),
    "anon role": lambda: claiming(role="anon"),
    "another role": lambda: claiming(role="supabase_admin"),
    "no role": lambda: claiming(role=None),
    "role in a list": lambda: claiming(role=["authenticated"]),
    "tampered payload": tampered,
    "cut off": lambda: GOOD[:-10],
    "without signature": lambda: GOOD.rpartition(".")[0] + ".",
    "two parts": lambda: GOOD.rpartition(".")[0],
    "four parts": lambda: GOOD + ".x",
    "five parts, like a JWE": lambda: GOOD + ".x.y",
    "empty": lambda: "",
    "only dots": lambda: "..",
    "not ASCII": lambda: GOOD.replace("e", "é", 1),
    "oversized": lambda: claiming(user_metadata={"padding": "x" * 10_000}),
    "payload that is a list": lambda: raw_token(HEADER, b"[]"),
    "payload that is not JSON": lambda: raw_token(HEADER, b"\xff\xfe"),
    "payload nested without end": lambda: raw_token(HEADER, b"[" * 5000),
    "header that is a list": lambda: raw_token(b"[]", ISSUER.claims()),
    "signature of zeros": lambda: raw_token(HEADER, ISSUER.claims(), bytes(64)),
    "signature in DER": lambda: raw_token(
        HEADER,
        ISSUER.claims(),
        KEY.private.sign(b"x", ec.ECDSA(hashes.SHA256())),
    ),
}


@pytest.mark.parametrize("make", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_is_refused(make: Callable[[], str]) -> None:
    with pytest.raises(InvalidToken) as refused:
        VERIFIER.verify(make())
    assert refused.value.status == 401
    assert isinstance(refused.value, Unauthorized)


def test_a_good_token_says_who_it_is() -> None:
    user_id = uuid4()
    identity = VERIFIER.verify(ISSUER.token(user_id, "Owner@Example.COM"))
    assert (identity.user_id, identity.email, identity.has_superadmin_role) == (user_id, "owner@example.com", False)


def test_a_token_that_has_run_out_is_told_apart_so_that_the_page_can_refresh_it() -> None:
    with pytest.raises(ExpiredToken) as refused:
        VERIFIER.verify(ISSUER.token(exp=NOW - 60, iat=NOW - 3660))
    assert refused.value.body()["type"] == "token_expired"


def test_a_few_seconds_of_difference_between_clocks_are_forgiven() -> None:
    assert VERIFIER.verify(ISSUER.token(exp=int(time.time()) - 3)).user_id


@pytest.mark.parametrize(
    "claims",
    [
        {"user_metadata": {"role": "superadmin"}},
        {"app_metadata": {"roles": ["superadmin"]}},
        {"app_metadata": "superadmin"},
        {"app_metadata": {"role": ["superadmin"]}},
        {"app_metadata": None},
        {"is_superadmin": True, "roles": ["superadmin"]},
    ],
)
def test_superadmin_is_read_from_app_metadata_and_nowhere_else(claims: dict[str, Any]) -> None:
    assert VERIFIER.verify(ISSUER.token(**claims)).has_superadmin_role is False
    assert VERIFIER.verify(ISSUER.token(superadmin=True)).has_superadmin_role is True


@pytest.mark.parametrize("email", ["", "not an address", "a\nb@example.com", "x" * 400 + "@example.com", 7, ["a@b.c"]])
def test_an_address_that_is_none_is_not_taken_for_one(email: object) -> None:
    assert VERIFIER.verify(ISSUER.sign({**ISSUER.claims(), "email": email})).email is None


def test_what_the_caller_is_told_does_not_say_which_check_failed() -> None:
    bodies = []
    for name in ("wrong iss", "HS256 signed with the public key", "unknown kid", "anonymous"):
        with pytest.raises(InvalidToken) as refused:
            VERIFIER.verify(FORGED[name]())
        bodies.append(refused.value.body())
    assert all(body == bodies[0] for body in bodies)


@settings(max_examples=3 * settings().max_examples)
@given(st.integers(0, 10_000), st.integers(0, 63))
def test_no_token_with_one_character_changed_is_good(position: int, character: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    position %= len(GOOD)
    changed = GOOD[:position] + alphabet[character] + GOOD[position + 1 :]
    # The last character of the signature carries four bits that base64 does not use.
    if changed == GOOD or position == len(GOOD) - 1:
        return
    with pytest.raises(InvalidToken):
        VERIFIER.verify(changed)


@settings(max_examples=3 * settings().max_examples)
@given(st.text(max_size=400))
def test_no_text_makes_the_verifier_fail_in_another_way(text: str) -> None:
    with pytest.raises(InvalidToken):
        VERIFIER.verify(text)


def test_the_user_is_the_one_of_the_token_whatever_form_its_uuid_has() -> None:
    user_id = UUID("0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b")
    assert VERIFIER.verify(ISSUER.token(sub=str(user_id).upper())).user_id == user_id
