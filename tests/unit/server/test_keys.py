"""Every key of an installation follows from its secret."""

from __future__ import annotations

import base64
import json

import jwt
import pytest

from server.keys import Keys

KEYS = Keys("0123456789abcdef0123456789abcdef")


def test_the_same_secret_gives_the_same_keys_and_another_one_gives_others() -> None:
    def all_of(keys: Keys) -> list[object]:
        return [
            keys.password("postgres"),
            keys.password("api"),
            keys.notification_key,
            keys.snapshot_key,
            keys.anon_key,
            keys.jwt_secret,
            keys.service_role_key,
            json.dumps(keys.signing_jwk),
        ]

    ours, again, others = all_of(KEYS), all_of(Keys(KEYS.secret)), all_of(Keys("f" * 32))
    assert ours == again
    assert not set(ours) & set(others)
    assert len(set(ours)) == len(ours)


def test_no_key_contains_the_secret_and_neither_does_repr() -> None:
    assert KEYS.secret not in repr(KEYS)
    assert KEYS.secret not in json.dumps([KEYS.password("api"), KEYS.signing_jwk, KEYS.service_role_key])


def test_the_service_role_key_is_a_token_that_the_signing_key_verifies() -> None:
    key = jwt.PyJWK({name: value for name, value in KEYS.signing_jwk.items() if name != "d"})
    assert jwt.get_unverified_header(KEYS.service_role_key)["kid"] == KEYS.key_id
    claims = jwt.decode(KEYS.service_role_key, key, algorithms=["ES256"])
    assert claims["role"] == "service_role"
    header, _, signature = KEYS.service_role_key.split(".")
    assert len(base64.urlsafe_b64decode(signature + "==")) == 64
    other = base64.urlsafe_b64encode(b'{"role":"service_role","iat":0}').rstrip(b"=").decode()
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{header}.{other}.{signature}", key, algorithms=["ES256"])


def test_passwords_are_long_and_need_no_escaping() -> None:
    for name in ("postgres", "auth", "ingest"):
        password = KEYS.password(name)
        assert len(password) == 43
        assert set(password) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
