"""Accounts of the local auth through the real supabase-js: invitations, recovery and administration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.integration.local.auth.running import PASSWORD, SITE_URL, LocalAuth
from tests.integration.local.auth.supabase import SupabaseClient, SupabaseError, sign_in


class TestInvitations:
    def test_lead_to_a_password_and_a_sign_in(
        self, admin: SupabaseClient, browser: SupabaseClient, local_auth: LocalAuth, email: str
    ) -> None:
        page = f"{SITE_URL}/invitation"
        invited = admin("auth.admin.inviteUserByEmail", email, {"data": {"name": "Ann"}, "redirectTo": page})["user"]
        assert invited["user_metadata"] == {"name": "Ann"}
        assert "invited_at" in invited
        assert "email_confirmed_at" not in invited

        link = local_auth.mail_link(email)
        assert link["page"] == page
        session = browser("auth.verifyOtp", {"token_hash": link["token_hash"], "type": link["type"]})["session"]
        assert session["user"]["id"] == invited["id"]
        assert "email_confirmed_at" in session["user"]

        browser("auth.updateUser", {"password": PASSWORD})
        browser("auth.signOut")
        assert sign_in(browser, email)["user"]["id"] == invited["id"]

    def test_work_once(
        self, admin: SupabaseClient, new_client: Callable[[], SupabaseClient], local_auth: LocalAuth, email: str
    ) -> None:
        admin("auth.admin.inviteUserByEmail", email)
        click = {"token_hash": local_auth.mail_link(email)["token_hash"], "type": "invite"}
        new_client()("auth.verifyOtp", click)
        with pytest.raises(SupabaseError) as refused:
            new_client()("auth.verifyOtp", click)
        assert (refused.value.code, refused.value.status) == ("otp_expired", 403)

    def test_expire(self, admin: SupabaseClient, browser: SupabaseClient, local_auth: LocalAuth, email: str) -> None:
        admin("auth.admin.inviteUserByEmail", email)
        local_auth.clock.ahead = timedelta(hours=24, seconds=1)
        with pytest.raises(SupabaseError, match="invalid or has expired") as refused:
            browser("auth.verifyOtp", {"token_hash": local_auth.mail_link(email)["token_hash"], "type": "invite"})
        assert (refused.value.code, refused.value.status) == ("otp_expired", 403)

    def test_sent_again_replace_the_earlier_one(
        self, admin: SupabaseClient, browser: SupabaseClient, local_auth: LocalAuth, email: str
    ) -> None:
        first_id = admin("auth.admin.inviteUserByEmail", email)["user"]["id"]
        first = local_auth.mail_link(email)["token_hash"]
        assert admin("auth.admin.inviteUserByEmail", email)["user"]["id"] == first_id
        with pytest.raises(SupabaseError):
            browser("auth.verifyOtp", {"token_hash": first, "type": "invite"})
        second = local_auth.mail_link(email)["token_hash"]
        assert browser("auth.verifyOtp", {"token_hash": second, "type": "invite"})["session"]

    def test_to_an_existing_account_are_refused(self, admin: SupabaseClient, owner: str) -> None:
        with pytest.raises(SupabaseError) as refused:
            admin("auth.admin.inviteUserByEmail", owner.upper())
        assert (refused.value.code, refused.value.status) == ("email_exists", 422)

    def test_need_the_service_key(self, browser: SupabaseClient, owner: str, email: str) -> None:
        sign_in(browser, owner)
        with pytest.raises(SupabaseError) as refused:
            browser("auth.admin.inviteUserByEmail", email)
        assert (refused.value.code, refused.value.status) == ("not_admin", 403)

    def test_lead_to_pages_on_this_machine_only(self, admin: SupabaseClient, local_auth: LocalAuth, email: str) -> None:
        admin("auth.admin.inviteUserByEmail", email, {"redirectTo": "https://evil.example/steal"})
        assert local_auth.mail_link(email)["page"] == f"{SITE_URL}/"


class TestRecovery:
    def test_sets_a_new_password(self, browser: SupabaseClient, local_auth: LocalAuth, owner: str) -> None:
        browser("auth.resetPasswordForEmail", owner, {"redirectTo": f"{SITE_URL}/password"})
        link = local_auth.mail_link(owner)
        assert (link["type"], link["page"]) == ("recovery", f"{SITE_URL}/password")
        browser("auth.verifyOtp", {"token_hash": link["token_hash"], "type": "recovery"})
        browser("auth.updateUser", {"password": "another good one"})
        with pytest.raises(SupabaseError):
            sign_in(browser, owner, PASSWORD)
        assert sign_in(browser, owner, "another good one")

    def test_of_an_unknown_address_has_the_same_response_and_sends_nothing(
        self, browser: SupabaseClient, local_auth: LocalAuth, email: str
    ) -> None:
        assert browser("auth.resetPasswordForEmail", email) == {}
        with pytest.raises(LookupError):
            local_auth.mail_link(email)


class TestAdministration:
    def test_lists_users_by_page(self, admin: SupabaseClient, owner: str) -> None:
        page = admin("auth.admin.listUsers", {"page": 1, "perPage": 1000})
        assert owner in {user["email"] for user in page["users"]}
        assert page["aud"] == "authenticated"
        assert page["total"] == len(page["users"])

    def test_creates_reads_updates_and_deletes_a_user(
        self, admin: SupabaseClient, browser: SupabaseClient, email: str
    ) -> None:
        fields = {"email": email, "password": PASSWORD, "email_confirm": True, "app_metadata": {"role": "superadmin"}}
        user_id = admin("auth.admin.createUser", fields)["user"]["id"]
        assert sign_in(browser, email)["user"]["app_metadata"]["role"] == "superadmin"
        admin("auth.admin.updateUserById", user_id, {"app_metadata": {"role": None}})
        assert "role" not in admin("auth.admin.getUserById", user_id)["user"]["app_metadata"]
        admin("auth.admin.deleteUser", user_id)
        with pytest.raises(SupabaseError) as gone:
            admin("auth.admin.getUserById", user_id)
        assert (gone.value.code, gone.value.status) == ("user_not_found", 404)

    def test_can_ban_an_account(self, admin: SupabaseClient, browser: SupabaseClient, owner: str) -> None:
        user_id = sign_in(browser, owner)["user"]["id"]
        admin("auth.admin.updateUserById", user_id, {"ban_duration": "24h"})
        with pytest.raises(SupabaseError) as refused:
            browser("auth.refreshSession")
        assert refused.value.code == "user_banned"
        admin("auth.admin.updateUserById", user_id, {"ban_duration": "none"})
        assert sign_in(browser, owner)

    def test_generates_links_without_a_mail(
        self, admin: SupabaseClient, browser: SupabaseClient, local_auth: LocalAuth, email: str
    ) -> None:
        made = admin("auth.admin.generateLink", {"type": "invite", "email": email})
        properties = made["properties"]
        assert set(properties) == {"action_link", "email_otp", "hashed_token", "redirect_to", "verification_type"}
        assert made["user"]["email"] == email
        with pytest.raises(LookupError):
            local_auth.mail_link(email)
        click = {"token_hash": properties["hashed_token"], "type": properties["verification_type"]}
        assert browser("auth.verifyOtp", click)["session"]["user"]["email"] == email

    def test_generates_an_action_link_that_redirects_with_a_session_of_supabase_js(
        self, admin: SupabaseClient, browser: SupabaseClient, email: str
    ) -> None:
        made = admin("auth.admin.generateLink", {"type": "invite", "email": email})
        landing = urlsplit(httpx.get(made["properties"]["action_link"]).headers["location"])
        fragment = dict(parse_qsl(landing.fragment))
        tokens = {name: fragment[name] for name in ("access_token", "refresh_token")}
        assert fragment["type"] == "invite"
        assert browser("auth.setSession", tokens)["user"]["email"] == email
        refreshed = browser("auth.refreshSession", {"refresh_token": tokens["refresh_token"]})
        assert refreshed["session"]["refresh_token"] != tokens["refresh_token"]

    def test_refuses_a_link_for_an_unknown_user(self, admin: SupabaseClient, email: str) -> None:
        with pytest.raises(SupabaseError) as refused:
            admin("auth.admin.generateLink", {"type": "recovery", "email": email})
        assert (refused.value.code, refused.value.status) == ("user_not_found", 404)

    def test_needs_the_service_key(self, browser: SupabaseClient, owner: str) -> None:
        user_id = sign_in(browser, owner)["user"]["id"]
        for path, arguments in [
            ("auth.admin.listUsers", ()),
            ("auth.admin.getUserById", (user_id,)),
            ("auth.admin.updateUserById", (user_id, {"app_metadata": {"role": "superadmin"}})),
            ("auth.admin.deleteUser", (user_id,)),
            ("auth.admin.createUser", ({"email": "x@example.com", "password": PASSWORD},)),
            ("auth.admin.generateLink", ({"type": "recovery", "email": owner},)),
        ]:
            with pytest.raises(SupabaseError) as refused:
                browser(path, *arguments)
            assert (refused.value.code, refused.value.status) == ("not_admin", 403), path
