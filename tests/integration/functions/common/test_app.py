"""What every FastAPI Lambda has: connections, problems, limits, and the users it creates."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import text
from starlette.testclient import TestClient

from functions.common.app import Application, lambda_handler, make_app
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problems import Conflict
from functions.common.settings import API_SETTINGS, load_settings
from tests.signing import SUPABASE_URL, Issuer

Connection = psycopg.Connection[Any]


class Thing(BaseModel):
    name: str
    size: int


class SizeTaken(Conflict):
    type = "size_taken"
    default_detail = "That size is taken."


open_routes = APIRouter()
closed_routes = authenticated_router()


@open_routes.get("/fails")
def fails() -> None:
    raise RuntimeError("the password is hunter2")


@open_routes.get("/conflict")
def conflict() -> None:
    raise SizeTaken


@open_routes.post("/things")
def make_thing(thing: Thing) -> Thing:
    return thing


@open_routes.get("/number")
def number(of: Annotated[int, Query()], connection: ConnectionDep) -> int:
    return int(connection.execute(text("SELECT CAST(:of AS integer)"), {"of": of}).scalar_one())


@open_routes.get("/statement/{token}")
def statement(token: str, connection: ConnectionDep) -> str:
    return str(connection.execute(text("SELECT current_query()")).scalar_one())


@open_routes.post("/stores/{name}")
def make_store(name: str, connection: ConnectionDep) -> None:
    connection.execute(text("INSERT INTO stores (name, timezone) VALUES (:name, 'UTC')"), {"name": name})
    if name.startswith("fail"):
        raise SizeTaken


@open_routes.post("/late-failure/{name}")
def fail_at_commit(name: str, connection: ConnectionDep) -> None:
    connection.execute(text("CREATE TEMP TABLE once (a int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP"))
    connection.execute(text("INSERT INTO once VALUES (1), (1)"))
    connection.execute(text("INSERT INTO stores (name, timezone) VALUES (:name, 'UTC')"), {"name": name})


@open_routes.post("/read-only")
def write_read_only(connection: ConnectionDep) -> None:
    connection.execute(text("SET TRANSACTION READ ONLY"))
    connection.execute(text("INSERT INTO stores (name, timezone) VALUES ('x', 'UTC')"))


@closed_routes.get("/who")
def who(caller: CurrentUser) -> str:
    return str(caller.user_id)


@closed_routes.post("/closed-things")
def make_closed_thing(thing: Thing, caller: CurrentUser) -> Thing:
    return thing


@pytest.fixture(scope="module")
def app(database_url: str, issuer: Issuer) -> Iterator[Application]:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SUPABASE_URL": SUPABASE_URL}
    made = make_app(load_settings(API_SETTINGS, environ), [open_routes, closed_routes], title="Test")
    made.state.tokens = issuer.verifier()
    yield made
    made.state.database.dispose()


@pytest.fixture(scope="module")
def client(app: Application) -> Iterator[TestClient]:
    with TestClient(app) as opened:  # raises what gets out: nothing may
        yield opened


def problem(answer: Any, status: int, type_: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body: dict[str, Any] = answer.json()
    assert (body["type"], body["status"]) == (type_, status)
    assert {"type", "title", "status", "detail"} <= set(body)
    return body


def stores_named(connection: Connection, name: str) -> int:
    row = connection.execute("SELECT count(*) FROM stores WHERE name = %s", [name]).fetchone()
    assert row is not None
    return int(row[0])


def test_an_unexpected_failure_is_a_problem_that_says_nothing_and_a_log_that_says_all(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    body = problem(client.get("/fails"), 500, "internal_error")
    assert "hunter2" not in json.dumps(body)
    assert "RuntimeError" in caplog.text


def test_a_request_has_an_id_in_its_response_its_log_line_and_its_statements(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    request_id = str(uuid4())
    answer = client.get("/statement/a-token", headers={"X-Request-Id": request_id})
    assert answer.headers["X-Request-Id"] == request_id
    assert answer.json().startswith(f"/*request_id='{request_id}'*/ SELECT"), "as the database sees it"
    [line] = [record for record in caplog.records if record.name == "metrica.requests"]
    fields = vars(line)
    assert (fields["method"], fields["route"], fields["status"]) == ("GET", "/statement/{token}", 200)
    assert "a-token" not in str(fields)


@pytest.mark.parametrize("sent", ["", "x", "'*/ DROP TABLE stores; --", "5F0C8F9E-0A3B-4B6E-9A53-6C2F1D0E7A11"])
def test_an_id_that_is_no_uuid_is_replaced(client: TestClient, sent: str) -> None:
    answer = client.get("/statement/x", headers={"X-Request-Id": sent})
    made = answer.headers["X-Request-Id"]
    assert made == str(UUID(made)) != sent
    assert answer.json().startswith(f"/*request_id='{made}'*/ ")


@pytest.mark.parametrize("path", ["/fails", "/conflict", "/nothing", "/who"])
def test_a_request_that_fails_has_an_id_too(client: TestClient, path: str) -> None:
    assert UUID(client.get(path).headers["X-Request-Id"])


def test_a_problem_of_ours_keeps_its_slug(client: TestClient) -> None:
    problem(client.get("/conflict"), 409, "size_taken")


def test_what_is_not_there_and_what_is_not_allowed_are_problems(client: TestClient) -> None:
    problem(client.get("/nothing"), 404, "not_found")
    answer = client.delete("/things")
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"


def test_every_fault_of_a_body_is_named_and_nothing_of_it_is_sent_back(client: TestClient) -> None:
    body = problem(client.post("/things", json={"size": "hunter2"}), 422, "validation_error")
    assert [error["loc"] for error in body["errors"]] == [["body", "name"], ["body", "size"]]
    assert "hunter2" not in json.dumps(body)
    assert set(body["errors"][0]) == {"loc", "type", "message"}


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 20_000, b'{"size": ' + b"9" * 5000 + b"}"])
def test_a_body_that_is_not_json_is_a_problem(client: TestClient, content: bytes) -> None:
    answer = client.post("/things", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "10"}, {"Content-Length": "nonsense"}])
def test_a_body_of_more_than_64_kib_is_too_large_whatever_it_says_of_itself(
    client: TestClient, headers: dict[str, str]
) -> None:
    problem(client.post("/things", content=b"x" * 70_000, headers=headers), 413, "too_large")


def test_a_stranger_gets_401_before_the_body_is_looked_at(client: TestClient) -> None:
    for content in (b"{", b'{"size": "x"}'):
        problem(client.post("/closed-things", content=content), 401, "unauthorized")


@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "bearer  ", "Basic dTpw", "Token x"])
def test_another_scheme_is_no_credential(client: TestClient, value: str) -> None:
    answer = client.get("/who", headers={"Authorization": value})
    problem(answer, 401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_two_authorization_headers_are_no_credential(client: TestClient, issuer: Issuer) -> None:
    value = f"Bearer {issuer.token()}"
    problem(client.get("/who", headers=[("Authorization", value), ("Authorization", value)]), 401, "unauthorized")


def test_a_value_that_the_database_refuses_is_not_an_error_of_ours(client: TestClient) -> None:
    problem(client.get("/number?of=99999999999"), 422, "validation_error")


def test_what_a_request_did_is_committed_when_it_answers(client: TestClient, connection: Connection) -> None:
    name = f"good {uuid4()}"
    assert client.post(f"/stores/{name}").status_code == 200
    assert stores_named(connection, name) == 1


def test_what_a_failing_request_did_is_not(client: TestClient, connection: Connection) -> None:
    name = f"fail {uuid4()}"
    assert client.post(f"/stores/{name}").status_code == 409
    assert stores_named(connection, name) == 0


def test_a_commit_that_fails_is_never_answered_with_success(client: TestClient, connection: Connection) -> None:
    name = f"late {uuid4()}"
    assert client.post(f"/late-failure/{name}").status_code >= 500
    assert stores_named(connection, name) == 0


def test_a_server_that_has_become_read_only_is_not_available(client: TestClient) -> None:
    answer = client.post("/read-only")
    problem(answer, 503, "database_unavailable")
    assert answer.headers["retry-after"]


def person(connection: Connection, user_id: UUID) -> tuple[str, datetime, str]:
    row = connection.execute("SELECT email, last_seen_at, xmin::text FROM users WHERE id = %s", [user_id]).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def test_the_first_sign_in_makes_the_users_row(client: TestClient, issuer: Issuer, connection: Connection) -> None:
    user_id = uuid4()
    assert client.get("/who", headers=issuer.headers(user_id, "New@Example.com")).json() == str(user_id)
    email, seen, _ = person(connection, user_id)
    assert email == "new@example.com"
    assert abs((datetime.now(UTC) - seen).total_seconds()) < 60


def test_the_row_is_not_written_at_each_request_and_follows_a_new_address(
    client: TestClient, issuer: Issuer, connection: Connection
) -> None:
    user_id = uuid4()
    client.get("/who", headers=issuer.headers(user_id, "one@example.com"))
    first = person(connection, user_id)
    client.get("/who", headers=issuer.headers(user_id, "one@example.com"))
    assert person(connection, user_id) == first
    client.get("/who", headers=issuer.headers(user_id, "two@example.com"))
    assert person(connection, user_id)[0] == "two@example.com"
    connection.execute("UPDATE users SET last_seen_at = now() - interval '6 minutes' WHERE id = %s", [user_id])
    before = person(connection, user_id)[1]
    client.get("/who", headers=issuer.headers(user_id, "two@example.com"))
    assert person(connection, user_id)[1] > before


def test_a_person_without_an_address_is_somebody_too(client: TestClient, issuer: Issuer) -> None:
    user_id = uuid4()
    headers = {"Authorization": f"Bearer {issuer.token(user_id, phone='+4930123', email='')}"}
    assert client.get("/who", headers=headers).json() == str(user_id)


def test_a_problem_leaves_the_lambda_as_text_and_one_line_without_the_path(
    app: Application, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICA_LOG_FORMAT", "json")
    answer = lambda_handler(app, "api")(
        {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": "/nothing",
            "rawQueryString": "",
            "headers": {"host": "x"},
            "requestContext": {
                "http": {"method": "GET", "path": "/nothing", "sourceIp": "127.0.0.1", "protocol": "HTTP/1.1"},
                "stage": "$default",
                "requestId": "1",
            },
            "isBase64Encoded": False,
        },
        None,
    )
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (404, False)
    assert json.loads(answer["body"])["type"] == "not_found"
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(one["message"], one["status"]) for one in lines] == [("request", 404)]
    assert "/nothing" not in str(lines)
