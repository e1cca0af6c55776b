"""Sessions of the local auth seen through the real supabase-js: shapes, codes and statuses as Supabase's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import jwt
import pytest

from tests.integration.local.auth.running import PASSWORD, LocalAuth
from tests.integration.local.auth.supabase import SupabaseClient, SupabaseError, sign_in

CLAIMS = {
    *("iss", "sub", "aud", "exp", "iat", "email", "phone", "app_metadata", "user_metadata", "role", "aal", "amr"),
    *("session_id", "is_anonymous"),
}


class TestSigningIn:
    def test_returns_a_session_that_supabase_js_stores(self, browser: SupabaseClient, owner: str) -> None:
        session = sign_in(browser, owner)
        assert set(session) >= {"access_token", "token_type", "expires_in", "expires_at", "refresh_token", "user"}
        assert session["token_type"] == "bearer"
        assert session["expires_in"] == 3600
        assert browser("auth.getSession")["session"]["access_token"] == session["access_token"]

    def test_accepts_the_address_in_any_case(self, browser: SupabaseClient, owner: str) -> None:
        assert sign_in(browser, owner.upper())["user"]["email"] == owner

    def test_returns_a_token_with_the_claims_of_supabase(
        self, browser: SupabaseClient, owner: str, local_auth: LocalAuth
    ) -> None:
        token = sign_in(browser, owner)["access_token"]
        key = jwt.PyJWKClient(f"{local_auth.url}/auth/v1/.well-known/jwks.json").get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token, key, algorithms=["ES256"], audience="authenticated", issuer=f"{local_auth.url}/auth/v1"
        )
        assert set(claims) == CLAIMS
        assert UUID(claims["sub"])
        assert claims["role"] == "authenticated"
        assert claims["amr"][0]["method"] == "password"
        assert claims["is_anonymous"] is False
        assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": "JWT", "kid": key.key_id}

    def test_lets_supabase_js_verify_the_claims_by_the_key_set(self, browser: SupabaseClient, owner: str) -> None:
        session = sign_in(browser, owner)
        claims = browser("auth.getClaims")
        assert claims["claims"]["sub"] == session["user"]["id"]
        assert claims["header"]["alg"] == "ES256"

    def test_with_a_wrong_password_is_refused(self, browser: SupabaseClient, owner: str) -> None:
        with pytest.raises(SupabaseError, match="Invalid login credentials") as refused:
            sign_in(browser, owner, "wrong password")
        assert (refused.value.code, refused.value.status) == ("invalid_credentials", 400)
        assert browser("auth.getSession")["session"] is None

    def test_with_an_unknown_address_is_refused_with_the_same_message(
        self, browser: SupabaseClient, email: str
    ) -> None:
        with pytest.raises(SupabaseError, match="Invalid login credentials") as refused:
            sign_in(browser, email)
        assert (refused.value.code, refused.value.status) == ("invalid_credentials", 400)

    def test_includes_the_role_that_an_administrator_set(
        self, browser: SupabaseClient, local_auth: LocalAuth, email: str
    ) -> None:
        local_auth.service.accounts.ensure(email, password=PASSWORD, role="superadmin")
        assert sign_in(browser, email)["user"]["app_metadata"]["role"] == "superadmin"

    def test_up_is_disabled(self, browser: SupabaseClient, email: str) -> None:
        with pytest.raises(SupabaseError) as refused:
            browser("auth.signUp", {"email": email, "password": PASSWORD})
        assert (refused.value.code, refused.value.status) == ("signup_disabled", 422)


class TestRefreshing:
    def test_returns_a_new_pair_of_tokens(self, browser: SupabaseClient, owner: str) -> None:
        first = sign_in(browser, owner)
        second = browser("auth.refreshSession")["session"]
        assert second["refresh_token"] != first["refresh_token"]
        assert second["user"]["id"] == first["user"]["id"]

    def test_again_with_the_same_token_returns_the_same_new_token(
        self, new_client: Callable[[], SupabaseClient], owner: str
    ) -> None:
        token = {"refresh_token": sign_in(new_client(), owner)["refresh_token"]}
        first = new_client()("auth.refreshSession", token)["session"]
        again = new_client()("auth.refreshSession", token)["session"]
        assert again["refresh_token"] == first["refresh_token"]

    def test_with_an_old_token_ends_the_session(
        self, new_client: Callable[[], SupabaseClient], owner: str, local_auth: LocalAuth
    ) -> None:
        stolen = sign_in(new_client(), owner)["refresh_token"]
        current = stolen
        for _ in range(2):
            current = new_client()("auth.refreshSession", {"refresh_token": current})["session"]["refresh_token"]
        local_auth.clock.ahead = timedelta(seconds=11)
        with pytest.raises(SupabaseError) as refused:
            new_client()("auth.refreshSession", {"refresh_token": stolen})
        assert (refused.value.code, refused.value.status) == ("refresh_token_already_used", 400)
        with pytest.raises(SupabaseError) as ended:
            new_client()("auth.refreshSession", {"refresh_token": current})
        assert (ended.value.code, ended.value.status) == ("refresh_token_not_found", 400)

    def test_with_an_unknown_token_is_refused(self, browser: SupabaseClient) -> None:
        with pytest.raises(SupabaseError) as refused:
            browser("auth.refreshSession", {"refresh_token": "never-issued"})
        assert (refused.value.code, refused.value.status) == ("refresh_token_not_found", 400)


class TestTheUser:
    def test_is_read_by_the_token(self, browser: SupabaseClient, owner: str) -> None:
        session = sign_in(browser, owner)
        user = browser("auth.getUser")["user"]
        assert (user["id"], user["email"], user["aud"]) == (session["user"]["id"], owner, "authenticated")
        assert user["app_metadata"] == {"provider": "email", "providers": ["email"]}

    def test_cannot_become_a_superadmin(self, browser: SupabaseClient, owner: str) -> None:
        sign_in(browser, owner)
        browser("auth.updateUser", {"data": {"role": "superadmin"}, "app_metadata": {"role": "superadmin"}})
        user = browser("auth.refreshSession")["session"]["user"]
        assert user["user_metadata"] == {"role": "superadmin"}
        assert "role" not in user["app_metadata"]

    def test_gets_the_reasons_for_a_weak_password(self, browser: SupabaseClient, owner: str) -> None:
        sign_in(browser, owner)
        with pytest.raises(SupabaseError, match="at least 8 characters") as refused:
            browser("auth.updateUser", {"password": "short"})
        assert refused.value.name == "AuthWeakPasswordError"
        assert (refused.value.status, refused.value.reasons) == (422, ["length"])

    def test_must_choose_a_different_password(self, browser: SupabaseClient, owner: str) -> None:
        sign_in(browser, owner)
        with pytest.raises(SupabaseError) as refused:
            browser("auth.updateUser", {"password": PASSWORD})
        assert (refused.value.code, refused.value.status) == ("same_password", 422)

    def test_with_a_new_password_is_signed_out_in_other_browsers(
        self, new_client: Callable[[], SupabaseClient], owner: str
    ) -> None:
        here, elsewhere = new_client(), new_client()
        sign_in(here, owner)
        sign_in(elsewhere, owner)
        here("auth.updateUser", {"password": "another good one"})
        assert here("auth.getUser")["user"]["email"] == owner
        with pytest.raises(SupabaseError):
            elsewhere("auth.refreshSession")


class TestSigningOut:
    def test_ends_every_session_of_the_user(self, new_client: Callable[[], SupabaseClient], owner: str) -> None:
        here, elsewhere = new_client(), new_client()
        sign_in(here, owner)
        sign_in(elsewhere, owner)
        here("auth.signOut")
        assert here("auth.getSession")["session"] is None
        with pytest.raises(SupabaseError) as refused:
            elsewhere("auth.refreshSession")
        assert refused.value.code == "refresh_token_not_found"

    def test_locally_keeps_the_other_sessions(self, new_client: Callable[[], SupabaseClient], owner: str) -> None:
        here, elsewhere = new_client(), new_client()
        sign_in(here, owner)
        sign_in(elsewhere, owner)
        here("auth.signOut", {"scope": "local"})
        assert elsewhere("auth.refreshSession")["session"]

    def test_of_others_keeps_this_session(self, new_client: Callable[[], SupabaseClient], owner: str) -> None:
        here, elsewhere = new_client(), new_client()
        sign_in(here, owner)
        sign_in(elsewhere, owner)
        here("auth.signOut", {"scope": "others"})
        assert here("auth.refreshSession")["session"]
        with pytest.raises(SupabaseError):
            elsewhere("auth.refreshSession")

    def test_invalidates_the_old_token(self, new_client: Callable[[], SupabaseClient], owner: str) -> None:
        here, elsewhere = new_client(), new_client()
        token = sign_in(here, owner)["access_token"]
        here("auth.signOut")
        with pytest.raises(SupabaseError) as refused:
            elsewhere("auth.getUser", token)
        assert (refused.value.name, refused.value.status) == ("AuthSessionMissingError", 400)
