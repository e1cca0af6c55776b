"""A server that ends sessions, becomes a replica, cuts off statements, refuses transactions: 503, then it works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import httpx2
import psycopg
import pytest
from psycopg import sql
from starlette.applications import Starlette

from tests.factories import make_member, make_store
from tests.integration.functions.admin.conftest import Admin
from tests.integration.functions.ingest.box import Box, Reply, handler_for, make_box
from tests.integration.functions.several_backends.at_once import HOLD_THE_STORE, SlowMail
from tests.integration.functions.several_backends.conftest import Lambdas
from tests.integration.functions.several_backends.test_ingest_at_once import HOLD_AN_EVENT, key_of, same_box
from tests.side_by_side import crossroads

Connection = psycopg.Connection[Any]


class Login:
    """A role that a Lambda logs in with, whose settings the test changes as a server's would."""

    def __init__(self, connection: Connection, url: str) -> None:
        self._connection, self.name, password = connection, f"test_{uuid4().hex[:12]}", uuid4().hex
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE metrica_ingest, metrica_api, metrica_admin").format(
                sql.Identifier(self.name), sql.Literal(password)
            )
        )
        parts = urlsplit(url)
        self.url = parts._replace(netloc=f"{self.name}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()

    def set(self, setting: LiteralString, value: str) -> None:
        """For the sessions that begin from now on."""
        statement = sql.SQL("ALTER ROLE {} SET {} = {}")
        self._connection.execute(
            statement.format(sql.Identifier(self.name), sql.Identifier(setting), sql.Literal(value))
        )

    def reset(self) -> None:
        self._connection.execute(sql.SQL("ALTER ROLE {} RESET ALL").format(sql.Identifier(self.name)))

    def allow_sessions(self, most: int) -> None:
        statement = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}")
        self._connection.execute(statement.format(sql.Identifier(self.name), sql.Literal(most)))

    def sessions(self) -> list[tuple[int, str]]:
        """The backends of this login, and what each does."""
        return self._connection.execute(
            "SELECT pid, state FROM pg_stat_activity WHERE usename = %s", [self.name]
        ).fetchall()

    def end_sessions(self) -> int:
        """End them all; how many there were."""
        found = self.sessions()
        # waits for the end of each; one that has just ended by itself is no fault
        self._connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s::int[]) AS pid", [[pid for pid, _ in found]]
        )
        assert self.sessions() == []
        return len(found)


@pytest.fixture
def login(connection: Connection, database_url: str) -> Iterator[Login]:
    made = Login(connection, database_url)
    yield made
    made.end_sessions()
    connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(made.name)))


@pytest.fixture
def box(connection: Connection, login: Login) -> Box:
    return make_box(connection, handler_for(login.url))


@pytest.fixture
def superadmin(lambdas: Lambdas, login: Login) -> Admin:
    return lambdas.admin(login.url)


@pytest.fixture
def rename(superadmin: Admin, connection: Connection) -> Callable[[], httpx2.Response]:
    """Changes a store of the test's own, which takes several statements."""
    path = f"/admin/stores/{make_store(connection)}"
    return lambda: superadmin.client.patch(path, json={"name": str(uuid4())}, headers=superadmin.headers)


def assert_try_again(answer: httpx2.Response | Reply) -> None:
    status, body = (
        (answer.status_code, answer.json()) if isinstance(answer, httpx2.Response) else (answer.status, answer.body)
    )
    assert (status, body["type"]) == (503, "database_unavailable")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert int(headers["retry-after"]) > 0


def test_sessions_that_the_server_ended_while_idle_cost_no_request(
    box: Box, rename: Callable[[], httpx2.Response], login: Login
) -> None:
    assert (box.send(box.event()).status, rename().status_code) == (200, 200)
    assert login.end_sessions() == 2
    assert (box.send(box.event()).status, rename().status_code) == (200, 200)


def test_sessions_that_were_idle_for_longer_than_the_server_allows_cost_no_request(
    box: Box, rename: Callable[[], httpx2.Response], login: Login, database_url: str
) -> None:
    login.set("idle_session_timeout", "400ms")
    assert (box.send(box.event()).status, rename().status_code) == (200, 200)
    with crossroads(database_url, "SELECT 1") as watch:
        watch.wait_for(lambda: login.sessions() == [])
    login.reset()
    assert (box.send(box.event()).status, rename().status_code) == (200, 200)


def test_a_server_without_room_for_another_session_is_to_be_tried_again(
    box: Box, rename: Callable[[], httpx2.Response], login: Login
) -> None:
    login.allow_sessions(0)
    assert_try_again(box.send(box.event()))
    assert_try_again(rename())
    login.allow_sessions(4)  # a session that was refused counts until its process has ended
    assert (box.send(box.event()).status, rename().status_code) == (200, 200)


def test_a_session_that_is_ended_in_the_middle_of_a_batch_stores_it_once(box: Box, database_url: str) -> None:
    event = box.event()
    with crossroads(database_url, HOLD_AN_EVENT, key_of(event)) as held:
        reply = held.start(lambda: box.send(event))
        ended = held.waiting()
        held.end_backend(ended[0])
        held.wait_until(1, besides=ended)  # it has connected again, and waits again
        held.open()
        assert reply.result().body == {"inserted": 1, "duplicates": 0, "rejected": []}


def test_a_session_that_is_ended_in_the_middle_of_a_change_changes_nothing(
    superadmin: Admin, database_url: str, connection: Connection
) -> None:
    store_id = make_store(connection, name="before")
    path = f"/admin/stores/{store_id}"

    def rename() -> httpx2.Response:
        response: httpx2.Response = superadmin.client.patch(path, json={"name": "after"}, headers=superadmin.headers)
        return response

    with crossroads(database_url, "LOCK TABLE audit_log IN SHARE MODE") as held:
        answer = held.start(rename)  # the store is changed, and the line in the log waits
        held.end_backend(held.waiting()[0])
        assert_try_again(answer.result())
    assert superadmin.get(path)["name"] == "before"
    assert superadmin.audit(path) == []
    assert rename().status_code == 200


def test_a_server_that_has_become_a_replica_is_left_for_the_new_one(
    box: Box, rename: Callable[[], httpx2.Response], login: Login
) -> None:
    login.set("default_transaction_read_only", "on")
    assert_try_again(box.send(box.event()))
    assert_try_again(rename())
    login.reset()  # whoever connects now meets a server that takes writes
    assert box.send(box.event()).status == 200
    assert rename().status_code == 200


def test_a_statement_that_is_cut_off_is_to_be_tried_again(
    box: Box, superadmin: Admin, login: Login, database_url: str
) -> None:
    login.set("statement_timeout", "400ms")
    event = box.event()
    assert box.beat().status == 200
    before = login.sessions()
    with crossroads(database_url, HOLD_AN_EVENT, key_of(event)):
        assert_try_again(box.send(event))
    assert login.sessions() == before  # not once more at once, on another connection: that would take as long again
    assert box.send(event).body["inserted"] == 1
    with crossroads(database_url, HOLD_THE_STORE, [box.store_id]):
        path = f"/admin/stores/{box.store_id}"
        assert_try_again(superadmin.client.patch(path, json={"name": "x"}, headers=superadmin.headers))
    assert superadmin.client.patch(path, json={"name": "x"}, headers=superadmin.headers).status_code == 200


def test_a_transaction_that_cannot_be_serialised_is_to_be_tried_again(
    box: Box, superadmin: Admin, login: Login, database_url: str
) -> None:
    login.set("default_transaction_isolation", "serializable")
    event = box.event()
    with crossroads(database_url, HOLD_AN_EVENT, key_of(event)) as held:
        reply = held.start(lambda: box.send(event))
        held.open(commit=True)
        assert reply.result().body == {"inserted": 0, "duplicates": 1, "rejected": []}  # ingest has tried by itself
    path = f"/admin/stores/{box.store_id}"

    def rename() -> httpx2.Response:
        response: httpx2.Response = superadmin.client.patch(path, json={"name": "x"}, headers=superadmin.headers)
        return response

    with crossroads(database_url, "UPDATE stores SET name = 'y' WHERE id = %s", [box.store_id]) as held:
        answer = held.start(rename)
        held.open(commit=True)
        assert_try_again(answer.result())
    assert rename().status_code == 200


def test_a_transaction_that_is_ended_while_it_waits_for_the_mail_stores_no_invitation(
    superadmin: Admin, login: Login, connection: Connection, database_url: str
) -> None:
    login.set("idle_in_transaction_session_timeout", "400ms")
    assert isinstance(superadmin.client.app, Starlette)
    state = superadmin.client.app.state
    state.sign_in_service = mail = SlowMail(state.sign_in_service)
    path, body = f"/admin/stores/{make_store(connection)}/owners", {"email": f"{uuid4()}@example.com"}

    def invite() -> httpx2.Response:
        response: httpx2.Response = superadmin.client.post(path, json=body, headers=superadmin.headers)
        return response

    with crossroads(database_url, "SELECT 1") as threads:
        answer = threads.run(invite)
        assert mail.asked.wait(10)
        threads.wait_for(lambda: login.sessions() == [])
        mail.may_go_on.set()
        assert_try_again(answer.result())
    login.reset()
    assert superadmin.get(path)["invites"] == []
    assert invite().status_code == 201


def test_no_answer_leaves_a_transaction_open(
    box: Box, superadmin: Admin, lambdas: Lambdas, login: Login, connection: Connection
) -> None:
    store_id = make_store(connection)
    owner = lambdas.owner(login.url, make_member(connection, store_id))
    in_a_minute = datetime.now(UTC).replace(tzinfo=None).isoformat()
    answers = [
        owner("GET", "/me"),
        owner("GET", f"/live/{store_id}"),
        owner("GET", f"/live/{uuid4()}"),
        owner("GET", f"/dashboard/{store_id}?period=never"),
        owner("POST", f"/stores/{store_id}/occupancy-reset", json={"occupancy": -1}),
        owner("GET", "/healthz"),
        superadmin.client.get("/admin/stores"),
        superadmin.client.post(f"/admin/stores/{uuid4()}/archive", headers=superadmin.headers),
        superadmin.client.patch(f"/admin/stores/{store_id}", json={"name": "x"}, headers=superadmin.headers),
    ]
    assert {answer.status_code for answer in answers} == {200, 401, 404, 422}
    assert [box.send(box.event()).status, box.send(box.event(ts=in_a_minute)).status, box.beat().status] == [200] * 3
    assert {state for _, state in login.sessions()} == {"idle"}
    assert len(login.sessions()) == 3


def test_a_process_that_sends_again_while_its_first_attempt_still_runs_is_told_of_duplicates(
    box: Box, login: Login, database_url: str
) -> None:
    first, second = box.event(), box.event()
    impatient = same_box(box, login.url)
    with crossroads(database_url, HOLD_AN_EVENT, key_of(second)) as held:
        slow = held.start(lambda: box.send(first, second))
        again = held.start(lambda: impatient.send(first, second))
        held.open()
        bodies = [slow.result().body, again.result().body]
    assert [body["inserted"] for body in bodies] == [2, 0]
    assert [body["duplicates"] for body in bodies] == [0, 2]
