"""An owner is invited, follows the mail, and sees the store: through the admin API, the auth and the owner API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin.sign_in_service import SupabaseAuth
from functions.common.app import Application
from functions.common.secret import Secret
from tests.integration.functions.admin.conftest import Admin
from tests.integration.local.auth.running import PASSWORD, SITE_URL, LocalAuth


class Person:
    """Somebody with a browser: at the auth, and at the owner API."""

    def __init__(self, auth: LocalAuth, api: TestClient, email: str) -> None:
        self.auth, self.api, self.email = auth, api, email
        self.token = ""

    def _post(self, path: str, **options: Any) -> httpx.Response:
        headers = {"apikey": self.auth.service.keys.anon_key}
        return httpx.post(f"{self.auth.url}/auth/v1{path}", headers=headers, **options)

    def follow_the_mail(self) -> int:
        """Click the link in the newest mail, and set a password; the status of the click."""
        link = self.auth.mail_link(self.email)
        verified = self._post("/verify", json={"token_hash": link["token_hash"], "type": link["type"]})
        if verified.is_success:
            self.token = verified.json()["access_token"]
            httpx.put(
                f"{self.auth.url}/auth/v1/user",
                headers={"apikey": self.auth.service.keys.anon_key, "Authorization": f"Bearer {self.token}"},
                json={"password": PASSWORD},
            ).raise_for_status()
        return verified.status_code

    def sign_in(self) -> None:
        answer = self._post("/token?grant_type=password", json={"email": self.email, "password": PASSWORD})
        self.token = answer.raise_for_status().json()["access_token"]

    def ask(self, path: str) -> httpx2.Response:
        response: httpx2.Response = self.api.get(path, headers={"Authorization": f"Bearer {self.token}"})
        return response

    def stores(self) -> list[str]:
        answer = self.ask("/me")
        assert answer.status_code == 200, answer.text
        return [store["store_id"] for store in answer.json()["stores"]]

    @property
    def user_id(self) -> str:
        found: str = self.ask("/me").json()["user_id"]
        return found


@pytest.fixture
def person(local_auth: LocalAuth, owner_api: TestClient) -> Person:
    return Person(local_auth, owner_api, f"owner-{uuid4().hex[:12]}@example.com")


@pytest.fixture
def account(person: Person) -> Person:
    """Somebody who has an account already."""
    person.auth.service.accounts.ensure(person.email, password=PASSWORD)
    person.sign_in()
    return person


def test_somebody_new_follows_the_mail_sets_a_password_and_sees_the_store(admin: Admin, person: Person) -> None:
    store = admin.store()
    sent = admin.post(f"{store}/owners", {"email": person.email})
    assert sent["mail_sent"] is True
    assert person.auth.mail_link(person.email)["page"] == f"{SITE_URL}/invite"
    assert admin.get(f"{store}/owners")["invites"] == [{k: v for k, v in sent.items() if k != "mail_sent"}]
    assert person.follow_the_mail() == 200
    person.sign_in()
    assert person.stores() == [store[-36:]]
    listed = admin.get(f"{store}/owners")
    assert ([owner["email"] for owner in listed["owners"]], listed["invites"]) == ([person.email], [])


def test_somebody_with_an_account_needs_no_mail_and_sees_the_store_at_the_next_request(
    admin: Admin, account: Person
) -> None:
    store = admin.store()
    assert account.stores() == []
    assert admin.post(f"{store}/owners", {"email": account.email})["mail_sent"] is False
    assert account.stores() == [store[-36:]]


def test_an_address_in_other_letters_is_the_same_address(admin: Admin, account: Person) -> None:
    store = admin.store()
    first = admin.post(f"{store}/owners", {"email": account.email.upper()})
    again = admin.post(f"{store}/owners", {"email": account.email.title()})
    assert first["invite_id"] == again["invite_id"]
    assert account.stores() == [store[-36:]]
    assert admin.post(f"{store}/owners", {"email": account.email.upper()}, 409)["type"] == "already_owner"


def test_an_invitation_is_renewed_and_the_newest_mail_works(admin: Admin, person: Person) -> None:
    store = admin.store()
    first = admin.post(f"{store}/owners", {"email": person.email})
    again = admin.post(f"{store}/owners", {"email": person.email})
    assert (first["invite_id"], again["mail_sent"]) == (again["invite_id"], True)
    assert again["expires_at"] > first["expires_at"]
    assert len(admin.get(f"{store}/owners")["invites"]) == 1
    assert person.follow_the_mail() == 200
    assert person.stores() == [store[-36:]]


def test_a_revoked_invitation_opens_nothing(admin: Admin, person: Person) -> None:
    store = admin.store()
    invite = admin.post(f"{store}/owners", {"email": person.email})
    admin.delete(f"{store}/invites/{invite['invite_id']}")
    assert admin.delete(f"{store}/invites/{invite['invite_id']}", 404)["type"] == "invite_not_found"
    assert person.follow_the_mail() == 200
    assert person.stores() == []
    assert person.ask(f"/live/{store[-36:]}").status_code == 404


def test_an_invitation_that_has_run_out_opens_nothing(
    admin: Admin, account: Person, connection: psycopg.Connection[Any]
) -> None:
    store = admin.store()
    invite = admin.post(f"{store}/owners", {"email": account.email})
    connection.execute(
        "UPDATE store_invites SET expires_at = now() - interval '1 second' WHERE id = %s", [invite["invite_id"]]
    )
    assert account.stores() == []
    assert admin.get(f"{store}/owners")["invites"] == []


def test_an_owner_who_is_removed_while_signed_in_gets_404_at_the_next_request(admin: Admin, account: Person) -> None:
    store = admin.store()
    admin.post(f"{store}/owners", {"email": account.email})
    assert account.ask(f"/live/{store[-36:]}").status_code == 200
    admin.delete(f"{store}/owners/{account.user_id}?allow_ownerless=true")
    answer, nobodys = account.ask(f"/live/{store[-36:]}"), account.ask(f"/live/{uuid4()}")
    assert (answer.status_code, answer.content) == (404, nobodys.content)
    assert account.stores() == []


def test_removing_an_owner_revokes_what_waits_for_the_same_address(
    admin: Admin, account: Person, connection: psycopg.Connection[Any]
) -> None:
    store = admin.store()
    admin.post(f"{store}/owners", {"email": account.email})
    user_id = account.user_id
    connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at) VALUES (%s, %s, now() + interval '1 day')",
        [store[-36:], account.email],
    )
    admin.delete(f"{store}/owners/{user_id}?allow_ownerless=true")
    assert account.stores() == []


def test_the_last_owner_is_removed_only_on_purpose(admin: Admin, account: Person) -> None:
    store = admin.store()
    admin.post(f"{store}/owners", {"email": account.email})
    user_id = account.user_id
    assert admin.delete(f"{store}/owners/{user_id}", 409)["type"] == "last_owner"
    assert account.stores() == [store[-36:]]
    admin.delete(f"{store}/owners/{user_id}?allow_ownerless=true")
    assert admin.delete(f"{store}/owners/{user_id}", 404)["type"] == "owner_not_found"


def test_what_the_user_writes_about_themselves_opens_nothing(admin: Admin, account: Person) -> None:
    store = admin.store()
    httpx.put(
        f"{account.auth.url}/auth/v1/user",
        headers={"apikey": account.auth.service.keys.anon_key, "Authorization": f"Bearer {account.token}"},
        json={"data": {"role": "superadmin", "store_id": store[-36:], "email_verified": True}},
    ).raise_for_status()
    account.sign_in()
    assert account.stores() == []
    assert account.ask("/me").json()["is_superadmin"] is False


@pytest.mark.parametrize(
    "email", ["", "x", "x@", "@example.com", "a b@example.com", "a@b@c.com", "x" * 260 + "@a.com", 7]
)
def test_an_address_that_is_none_is_refused(admin: Admin, email: object) -> None:
    assert admin.post(f"{admin.store()}/owners", {"email": email}, 422)["errors"][0]["loc"] == ["body", "email"]


@pytest.mark.parametrize("issuer_url", ["http://127.0.0.1:9/auth/v1", None])
def test_when_the_mail_cannot_be_sent_nothing_is_stored_and_the_key_is_shown_nowhere(
    admin: Admin, app: Application, local_auth: LocalAuth, caplog: pytest.LogCaptureFixture, issuer_url: str | None
) -> None:
    key = "wrong-service-key-" + uuid4().hex
    url = issuer_url or f"{local_auth.url}/auth/v1"
    real, app.state.sign_in_service = app.state.sign_in_service, SupabaseAuth(url, Secret("KEY", key), SITE_URL)
    try:
        store = admin.store()
        answer = admin.post(f"{store}/owners", {"email": "somebody@example.com"}, 502)
    finally:
        app.state.sign_in_service = real
    assert answer["type"] == "mail_not_sent"
    assert admin.get(f"{store}/owners")["invites"] == []
    assert [entry["action"] for entry in admin.audit(store)] == ["store.create"]
    assert key not in caplog.text + str(answer)
