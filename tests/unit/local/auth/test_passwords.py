"""Passwords are kept as scrypt hashes."""

from __future__ import annotations

import pytest

from local.auth.errors import AuthError, WeakPasswordError
from local.auth.passwords import check_strength, hash_password, verify_password


def test_a_password_fits_its_hash_and_no_other() -> None:
    encoded = hash_password("correct horse")
    assert verify_password("correct horse", encoded)
    assert not verify_password("Correct horse", encoded)


def test_a_hash_says_nothing_of_the_password_and_differs_each_time() -> None:
    first, second = hash_password("correct horse"), hash_password("correct horse")
    assert first != second
    assert "horse" not in first


def test_nothing_fits_where_there_is_no_password() -> None:
    assert not verify_password("", None)


def test_seven_characters_are_too_few_and_eight_are_enough() -> None:
    with pytest.raises(WeakPasswordError) as refused:
        check_strength("1234567")
    assert refused.value.reasons == ["length"]
    check_strength("12345678")


def test_what_bcrypt_would_cut_off_is_refused() -> None:
    check_strength("é" * 36)
    with pytest.raises(AuthError, match="longer than 72"):
        check_strength("é" * 37)
