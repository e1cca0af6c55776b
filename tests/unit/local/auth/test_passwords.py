"""Password hashes."""

from __future__ import annotations

import pytest

from local.auth.errors import AuthError, WeakPasswordError
from local.auth.passwords import check_strength, hash_password, verify_password


def test_a_hash_matches_its_password_only() -> None:
    encoded = hash_password("correct horse")
    assert verify_password("correct horse", encoded)
    assert not verify_password("Correct horse", encoded)


def test_a_hash_does_not_contain_the_password_and_differs_each_time() -> None:
    first, second = hash_password("correct horse"), hash_password("correct horse")
    assert first != second
    assert "horse" not in first


def test_no_password_matches_a_missing_hash() -> None:
    assert not verify_password("", None)


def test_a_password_has_at_least_eight_characters() -> None:
    with pytest.raises(WeakPasswordError) as refused:
        check_strength("1234567")
    assert refused.value.reasons == ["length"]
    check_strength("12345678")


def test_a_password_that_bcrypt_would_truncate_is_refused() -> None:
    check_strength("é" * 36)
    with pytest.raises(AuthError, match="longer than 72"):
        check_strength("é" * 37)
