"""Owners and invitations at the same moment: each request finds what the one before it has left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from starlette.applications import Starlette

from functions.api.services.occupancy_reset import MAX_RESETS_PER_DAY
from tests.factories import make_member, make_store
from tests.integration.functions.admin.conftest import Admin
from tests.integration.functions.several_backends.at_once import (
    HOLD_THE_INVITE,
    HOLD_THE_STORE,
    SlowMail,
    ask,
    both,
    invite,
    members,
    pending,
)
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]


def test_of_the_last_two_owners_one_stays(admin: Admin, database_url: str, connection: Connection) -> None:
    store_id = make_store(connection)
    owners = [make_member(connection, store_id) for _ in range(2)]
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        answers = both(
            held, *(lambda id=owner: ask(admin, "DELETE", f"/admin/stores/{store_id}/owners/{id}") for owner in owners)
        )
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    assert len(members(connection, store_id)) == 1


def test_an_address_invited_twice_at_once_has_one_invitation(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id, body = make_store(connection), {"email": f"{uuid4()}@example.com"}
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        answers = both(held, *[lambda: ask(admin, "POST", f"/admin/stores/{store_id}/owners", body)] * 2)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert pending(connection, store_id) == 1


def test_who_signs_in_first_with_several_requests_at_once_is_one_person_with_one_membership(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id, user_id = make_store(connection), uuid4()
    email = f"{user_id}@example.com"
    invite(connection, store_id, email)
    requests = [lambdas.owner(database_url, user_id, email) for _ in range(3)]
    with crossroads(database_url, "LOCK TABLE users IN SHARE MODE") as held:
        answers = both(held, *(lambda request=request: request("GET", "/me") for request in requests))
    assert [[store["store_id"] for store in answer.json()["stores"]] for answer in answers] == [[str(store_id)]] * 3
    accepted = "SELECT FROM audit_log WHERE store_id = %s AND action = 'invite.accept'"
    assert connection.execute(accepted, [store_id]).rowcount == 1


def test_an_owner_who_arrives_while_invited_again_is_an_owner_already(
    admin: Admin, lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id, user_id = make_store(connection), uuid4()
    email = f"{user_id}@example.com"
    invite(connection, store_id, email)
    owner = lambdas.owner(database_url, user_id, email)
    with crossroads(database_url, HOLD_THE_INVITE, [store_id]) as held:
        arrived, invited = both(
            held,
            lambda: owner("GET", "/me"),
            lambda: ask(admin, "POST", f"/admin/stores/{store_id}/owners", {"email": email}),
        )
    assert [store["store_id"] for store in arrived.json()["stores"]] == [str(store_id)]
    assert (invited.status_code, invited.json()["type"]) == (409, "already_owner")
    assert pending(connection, store_id) == 0


def test_an_owner_who_arrives_while_the_invitation_is_revoked_gets_nothing(
    admin: Admin, lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id, user_id = make_store(connection), uuid4()
    email = f"{user_id}@example.com"
    invite(connection, store_id, email)
    owner = lambdas.owner(database_url, user_id, email)
    (invitation,) = admin.get(f"/admin/stores/{store_id}/owners")["invites"]
    with crossroads(database_url, HOLD_THE_INVITE, [store_id]) as held:
        revoked, arrived = both(
            held,
            lambda: ask(admin, "DELETE", f"/admin/stores/{store_id}/invites/{invitation['invite_id']}"),
            lambda: owner("GET", "/me"),
        )
    assert (revoked.status_code, arrived.status_code) == (204, 200)
    assert arrived.json()["stores"] == []


def test_an_owner_removed_while_they_accept_another_invitation_is_removed(
    admin: Admin, lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id, user_id = make_store(connection), uuid4()
    email = f"{user_id}@example.com"
    make_member(connection, store_id, user_id=user_id, email=email)
    invite(connection, store_id, email)
    owner = lambdas.owner(database_url, user_id, email)
    with crossroads(database_url, HOLD_THE_INVITE, [store_id]) as held:
        arrived, removed = both(
            held,
            lambda: owner("GET", "/me"),
            lambda: ask(admin, "DELETE", f"/admin/stores/{store_id}/owners/{user_id}?allow_ownerless=true"),
        )
    assert (arrived.status_code, removed.status_code) == (200, 204)
    assert members(connection, store_id) == []


def test_owners_do_not_wait_for_the_mail_of_an_invitation(
    admin: Admin, lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    user_id = make_member(connection, store_id)
    owner = lambdas.owner(database_url, user_id)
    assert isinstance(admin.client.app, Starlette)
    mail = SlowMail(admin.client.app.state.sign_in_service)
    admin.client.app.state.sign_in_service = mail
    body = {"email": f"{uuid4()}@example.com"}
    with crossroads(database_url, "SELECT 1") as threads:
        invited = threads.run(lambda: ask(admin, "POST", f"/admin/stores/{store_id}/owners", body))
        assert mail.asked.wait(10)
        corrected = threads.run(lambda: owner("POST", f"/stores/{store_id}/occupancy-reset", json={"occupancy": 3}))
        try:
            assert corrected.result(timeout=5).status_code == 201
        finally:
            mail.may_go_on.set()
        assert invited.result().status_code == 201


def test_corrections_at_once_do_not_pass_the_limit(lambdas: Lambdas, database_url: str, connection: Connection) -> None:
    store_id = make_store(connection)
    user_id = make_member(connection, store_id)
    moments = [datetime.now(UTC) - timedelta(minutes=n) for n in range(1, MAX_RESETS_PER_DAY)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, 1)",
            [[store_id, moment] for moment in moments],
        )
    requests = [lambdas.owner(database_url, user_id) for _ in range(2)]
    requests[0]("GET", "/me")  # known from now on: the requests do not meet at the row of who asks
    with crossroads(database_url, "LOCK TABLE occupancy_resets IN SHARE MODE") as held:
        path = f"/stores/{store_id}/occupancy-reset"
        answers = both(held, *(lambda ask=ask: ask("POST", path, json={"occupancy": 3}) for ask in requests))
    assert sorted(answer.status_code for answer in answers) == [201, 429]
    stored = connection.execute("SELECT FROM occupancy_resets WHERE store_id = %s", [store_id]).rowcount
    assert stored == MAX_RESETS_PER_DAY
