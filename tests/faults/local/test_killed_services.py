"""A killed service of the running stack is restarted, and nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

import boto3
import httpx
import psutil
import psycopg
from botocore.exceptions import BotoCoreError, ClientError

from local.stack.service_definitions import BUCKET, REGION
from local.stack.stack import Stack

Result = TypeVar("Result")
PASSWORD = "correct horse battery"
# Seconds on an idle machine; CI may be busy.
TIMEOUT_S = 120


def kill_service(stack: Stack, name: str) -> None:
    pid = stack.service_pid(name)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def eventually(attempt: Callable[[], Result], *tolerated: type[Exception]) -> Result:
    """The first result of the attempt that raises none of these; one attempt at least, until the timeout."""
    deadline = time.monotonic() + TIMEOUT_S
    while True:
        try:
            return attempt()
        except tolerated:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def healthy(stack: Stack) -> str:
    answer = httpx.get(f"{stack.urls.api}/healthz", timeout=30)
    answer.raise_for_status()
    assert answer.json()["database"] == "ok"
    return answer.text


def test_a_killed_database_keeps_what_was_committed(stack: Stack) -> None:
    email = f"{uuid4().hex}@example.com"

    def connect() -> psycopg.Connection:
        return psycopg.connect(stack.urls.database, prepare_threshold=None, connect_timeout=10)

    with connect() as connection:
        connection.execute("insert into users (id, email) values (%s, %s)", (uuid4(), email))
    kill_service(stack, "database")
    with eventually(connect, psycopg.OperationalError) as connection:
        assert connection.execute("select count(*) from users where email = %s", (email,)).fetchone() == (1,)
    eventually(lambda: healthy(stack), httpx.HTTPError)


def test_a_killed_auth_keeps_users_keys_and_sessions(stack: Stack) -> None:
    email = f"{uuid4().hex}@example.com"
    stack.accounts.ensure(email, password=PASSWORD)

    def token(grant: str, **body: str) -> dict[str, str]:
        url = f"{stack.urls.auth}/auth/v1/token?grant_type={grant}"
        answer = httpx.post(url, json=body, headers={"apikey": stack.keys.anon_key}, timeout=30)
        answer.raise_for_status()
        session: dict[str, str] = answer.json()
        return session

    before = token("password", email=email, password=PASSWORD)
    kill_service(stack, "auth")
    after = eventually(lambda: token("refresh_token", refresh_token=before["refresh_token"]), httpx.TransportError)
    for session in (before, after):
        headers = {"Authorization": f"Bearer {session['access_token']}"}
        assert httpx.get(f"{stack.urls.api}/me", headers=headers, timeout=30).json()["email"] == email


def test_a_killed_s3_keeps_its_objects(stack: Stack) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=stack.urls.s3,
        aws_access_key_id="local",
        aws_secret_access_key="local",
        region_name=REGION,
    )
    key = f"snapshots/{uuid4()}.jpg"
    client.put_object(Bucket=BUCKET, Key=key, Body=b"a picture")
    kill_service(stack, "s3")
    found = eventually(lambda: client.get_object(Bucket=BUCKET, Key=key), BotoCoreError, ClientError)
    assert found["Body"].read() == b"a picture"


def test_a_killed_gateway_is_restarted_with_its_lambdas(stack: Stack) -> None:
    kill_service(stack, "lambdas")
    assert eventually(lambda: healthy(stack), httpx.HTTPError)


def test_a_killed_lambda_is_replaced_at_the_next_request(stack: Stack) -> None:
    healthy(stack)
    gateway = stack.service_pid("lambdas")
    killed = lambda_processes(gateway, "functions.api.handler.handler")
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    # One request may fail while its process dies; none hangs, and no later request fails.
    assert eventually(lambda: healthy(stack), httpx.HTTPStatusError)
    assert stack.service_pid("lambdas") == gateway


def lambda_processes(gateway: int | None, handler: str) -> list[int]:
    return [child.pid for child in psutil.Process(gateway).children() if child.cmdline()[-1:] == [handler]]
