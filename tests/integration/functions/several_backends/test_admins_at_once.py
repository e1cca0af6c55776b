"""Superadmins and owners at the same moment: each request finds what the one before it has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Event
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest
from psycopg import sql
from starlette.applications import Starlette

from functions.admin.sign_in_service import InviteResult, SignInService
from functions.api.services.occupancy_reset import MAX_RESETS_PER_DAY
from functions.common.limits import MAX_WORKER_KEYS_PER_STORE
from tests.factories import make_camera, make_member, make_store
from tests.integration.functions.admin.conftest import Admin
from tests.integration.functions.ingest.box import make_key
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.several_backends import Upgrade
from tests.side_by_side import Crossroads, crossroads

Connection = psycopg.Connection[Any]

HOLD_THE_STORE = "SELECT FROM stores WHERE id = %s FOR UPDATE"
HOLD_THE_CAMERA = "SELECT FROM cameras WHERE id = %s FOR UPDATE"
HOLD_THE_SUPERADMINS = "SELECT FROM superadmins WHERE removed_at IS NULL FOR UPDATE"
HOLD_THE_INVITE = "SELECT FROM store_invites WHERE store_id = %s FOR UPDATE"


def ask(admin: Admin, method: str, path: str, body: Any = None) -> httpx2.Response:
    response: httpx2.Response = admin.client.request(method, path, json=body, headers=admin.headers)
    return response


def both(held: Crossroads, *requests: Any) -> list[httpx2.Response]:
    """The answers to requests that all had begun before one of them could go on."""
    futures = [held.start(request) for request in requests]
    held.open()
    return [future.result() for future in futures]


def invite(connection: Connection, store_id: UUID, email: str) -> None:
    connection.execute(
        "INSERT INTO store_invites (store_id, email, expires_at) VALUES (%s, %s, now() + interval '7 days')",
        [store_id, email],
    )


def members(connection: Connection, store_id: UUID) -> list[UUID]:
    rows = connection.execute("SELECT user_id FROM store_members WHERE store_id = %s", [store_id]).fetchall()
    return [row[0] for row in rows]


def pending(connection: Connection, store_id: UUID) -> int:
    waits = "accepted_at IS NULL AND revoked_at IS NULL"
    return connection.execute(
        f"SELECT FROM store_invites WHERE store_id = %s AND {waits}".encode(), [store_id]
    ).rowcount


def test_the_last_key_a_store_may_have_is_given_once(admin: Admin, database_url: str, connection: Connection) -> None:
    store_id = make_store(connection)
    for _ in range(MAX_WORKER_KEYS_PER_STORE - 1):
        make_key(connection, store_id)
    path = f"/admin/stores/{store_id}/worker-keys"
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        answers = both(held, *[lambda: ask(admin, "POST", path, {"name": "box"})] * 2)
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    count = connection.execute("SELECT FROM worker_keys WHERE store_id = %s", [store_id]).rowcount
    assert count == MAX_WORKER_KEYS_PER_STORE


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


def test_a_camera_added_while_its_store_is_archived_is_refused(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    path = f"/admin/stores/{store_id}"
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        archived, added, key = both(
            held,
            lambda: ask(admin, "POST", f"{path}/archive"),
            lambda: ask(admin, "POST", f"{path}/cameras", {"name": "Door"}),
            lambda: ask(admin, "POST", f"{path}/worker-keys", {"name": "box"}),
        )
    assert [archived.status_code, added.status_code, key.status_code] == [200, 409, 409]
    assert connection.execute("SELECT FROM cameras WHERE store_id = %s", [store_id]).rowcount == 0


def test_a_line_saved_twice_at_once_is_the_later_one_and_the_log_tells_both(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection)
    camera_id = make_camera(connection, store_id)
    lines = [[0.0, 0.5, 1.0, 0.5], [0.5, 0.0, 0.5, 1.0], [0.1, 0.1, 0.9, 0.9]]
    path = f"/admin/cameras/{camera_id}/line"
    with crossroads(database_url, HOLD_THE_CAMERA, [camera_id]) as held:
        answers = both(held, *(lambda line=line: ask(admin, "PUT", path, {"line": line}) for line in lines))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    changes = [entry for entry in admin.audit(f"/admin/stores/{store_id}") if entry["action"] == "camera.line"]
    assert len(changes) == 3
    assert all(later["before"] == earlier["after"] for earlier, later in pairwise(changes))
    assert admin.get(f"/admin/cameras/{camera_id}")["line"] == changes[-1]["after"]["line"]


def test_of_two_changes_that_are_based_on_the_same_line_one_is_written(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    camera_id = make_camera(connection, make_store(connection))
    path = f"/admin/cameras/{camera_id}"
    headers = {**admin.headers, "If-Match": admin.get(path)["etag"]}
    lines = [[0.1, 0.5, 0.9, 0.5], [0.9, 0.5, 0.1, 0.5]]
    with crossroads(database_url, HOLD_THE_CAMERA, [camera_id]) as held:
        answers = both(
            held,
            *(
                lambda line=line: admin.client.put(f"{path}/line", json={"line": line}, headers=headers)
                for line in lines
            ),
        )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    written = next(answer.json() for answer in answers if answer.status_code == 200)
    refused = next(answer.json() for answer in answers if answer.status_code == 412)
    assert refused["current"]["line"] == written["line"] == admin.get(path)["line"]


def test_of_two_requests_with_one_idempotency_key_one_creates_a_camera(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    store_id, body = make_store(connection), {"name": "Door"}
    path, headers = f"/admin/stores/{store_id}/cameras", {**admin.headers, "Idempotency-Key": str(uuid4())}
    admin.get("/admin/stores")  # else both requests write that the caller was seen, and the second one waits for that
    with crossroads(database_url, HOLD_THE_STORE, [store_id]) as held:
        first = held.start(lambda: admin.client.post(path, json=body, headers=headers))
        during = admin.client.post(path, json=body, headers=headers)
        held.open()
    assert (during.status_code, during.json()["type"]) == (409, "idempotency_key_in_use")
    assert first.result().status_code == 201
    assert admin.client.post(path, json=body, headers=headers).json() == first.result().json()
    assert connection.execute("SELECT FROM cameras WHERE store_id = %s", [store_id]).rowcount == 1


def test_a_camera_switched_by_several_at_once_counts_in_one_period(
    admin: Admin, database_url: str, connection: Connection
) -> None:
    camera_id = make_camera(connection, make_store(connection))
    path = f"/admin/cameras/{camera_id}"
    switches = [False, True, False, True]
    with crossroads(database_url, HOLD_THE_CAMERA, [camera_id]) as held:
        both(held, *(lambda on=on: ask(admin, "PATCH", path, {"is_counting_line": on}) for on in switches))
    periods = connection.execute(
        "SELECT counts_from, coalesce(counts_until, '9000-01-01') FROM camera_counting_periods"
        " WHERE camera_id = %s ORDER BY 1",
        [camera_id],
    ).fetchall()
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(periods))
    is_open = connection.execute(
        "SELECT FROM camera_counting_periods WHERE camera_id = %s AND counts_until IS NULL", [camera_id]
    ).rowcount
    assert is_open == admin.get(path)["is_counting_line"]


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


class SlowMail:
    """The sign-in service on a slow day: sends when it is let."""

    def __init__(self, service: SignInService) -> None:
        self._service = service
        self.asked, self.may_go_on = Event(), Event()

    def invite(self, email: str) -> InviteResult:
        self.asked.set()
        assert self.may_go_on.wait(20)
        return self._service.invite(email)


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


def test_of_two_superadmins_who_remove_each_other_one_stays(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    admins = [lambdas.admin(database_url) for _ in range(2)]
    paths = {
        user_id: f"/admin/superadmins/{superadmin_id}"
        for superadmin_id, user_id in connection.execute("SELECT id, user_id FROM superadmins").fetchall()
    }
    one, other = admins
    with crossroads(database_url, HOLD_THE_SUPERADMINS, []) as held:
        answers = both(
            held,
            lambda: ask(one, "DELETE", paths[other.user_id]),
            lambda: ask(other, "DELETE", paths[one.user_id]),
        )
    assert sorted(answer.status_code for answer in answers) == [204, 403]
    assert sorted(ask(admin, "GET", "/admin/stores").status_code for admin in admins) == [200, 403]


def test_the_first_requests_of_a_superadmin_at_once_are_all_answered(
    lambdas: Lambdas, database_url: str, connection: Connection
) -> None:
    admin = lambdas.admin(database_url)
    connection.execute(
        "UPDATE superadmins SET user_id = NULL, email = %s WHERE user_id = %s",
        [
            f"{admin.user_id}@example.com",
            admin.user_id,
        ],
    )
    with crossroads(database_url, HOLD_THE_SUPERADMINS, []) as held:
        answers = both(held, *[lambda: ask(admin, "GET", "/admin/stores")] * 2)
    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.fixture
def empty_url(database_url: str, connection: Connection, upgrade: Upgrade) -> Iterator[str]:
    """A database without superadmins on the same server."""
    name = f"metrica_test_{uuid4().hex[:8]}"
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        url = urlsplit(database_url)._replace(path=f"/{name}").geturl()
        upgrade(url)
        yield url
    finally:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_of_two_tokens_with_the_role_at_the_first_start_one_adds_a_superadmin(lambdas: Lambdas, empty_url: str) -> None:
    one, other = lambdas.user_with_role(empty_url), lambdas.user_with_role(empty_url)
    with crossroads(empty_url, "LOCK TABLE superadmins IN SHARE ROW EXCLUSIVE MODE", []) as held:
        answers = both(
            held, lambda: ask(one, "GET", "/admin/superadmins"), lambda: ask(other, "GET", "/admin/superadmins")
        )
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    [added] = [answer.json()["superadmins"] for answer in answers if answer.is_success]
    assert len(added) == 1
