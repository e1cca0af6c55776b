"""The gateway and clients that send random messages after the login."""

from __future__ import annotations

import shutil
import socket
import struct
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from db.timescale.embedded.launcher import EmbeddedServer, start
from tests.database import migrated_folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    data = tmp_path_factory.mktemp("protocol") / "data"
    shutil.copytree(migrated_folder(), data)
    started = start(data, jobs_every_s=0, durable=False)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def bystander(server: EmbeddedServer) -> Iterator[psycopg.Connection[Any]]:
    """Yield a client that connected before; it would be disconnected if the backend crashed."""
    with psycopg.connect(server.url, autocommit=True, prepare_threshold=0) as connection:
        yield connection


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _logged_in(server: EmbeddedServer) -> socket.socket:
    target = conninfo_to_dict(server.url)
    client = socket.create_connection((str(target["host"]), int(str(target["port"]))), timeout=30)
    names = f"user\0{target['user']}\0database\0{target['dbname']}\0\0"
    body = struct.pack("!i", 196_608) + names.encode()
    client.sendall(struct.pack("!i", len(body) + 4) + body)
    answer = b""
    while not answer.endswith(_message(b"Z", b"I")):
        answer += client.recv(65_536)
    return client


@given(
    messages=st.lists(
        st.tuples(
            st.sampled_from([b"Q", b"P", b"B", b"D", b"E", b"C", b"H", b"F", b"d", b"c", b"f", b"p", b"y", b"\0"]),
            st.binary(max_size=24),
        ),
        min_size=1,
        max_size=4,
    ),
    tail=st.binary(max_size=8),
)
@settings(max_examples=40, deadline=None)
def test_random_messages_do_not_affect_other_clients(
    server: EmbeddedServer,
    bystander: psycopg.Connection[Any],
    messages: list[tuple[bytes, bytes]],
    tail: bytes,
) -> None:
    with _logged_in(server) as client:
        client.sendall(b"".join(_message(kind, body) for kind, body in messages) + _message(b"S", b"") + tail)
        client.shutdown(socket.SHUT_WR)
        try:
            while client.recv(65_536):
                pass
        except ConnectionResetError:
            pass  # disconnected before it had sent everything
    assert bystander.execute("SELECT %s::int", [7]).fetchone() == (7,)


@pytest.fixture(scope="module")
def numbers(server: EmbeddedServer) -> Iterator[psycopg.Connection[Any]]:
    """Yield a client with an empty table `numbers`."""
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TEMP TABLE numbers (number int PRIMARY KEY, label text)")
        connection.commit()
        yield connection


# Of so many messages some end where the receive buffer of the backend does.
@pytest.mark.parametrize("length", [10, 40, 2_000])
def test_pipelined_statements_are_all_run(numbers: psycopg.Connection[Any], length: int) -> None:
    rows = [(number, "x" * length) for number in range(1_500)]
    numbers.cursor().executemany("INSERT INTO numbers VALUES (%s, %s)", rows)
    assert numbers.execute("SELECT count(*), sum(length(label)) FROM numbers").fetchone() == (1_500, 1_500 * length)
    numbers.rollback()


def test_pipelined_statements_end_at_an_error(numbers: psycopg.Connection[Any]) -> None:
    rows = [(number % 700, "x" * 10) for number in range(1_500)]
    with pytest.raises(psycopg.errors.UniqueViolation):
        numbers.cursor().executemany("INSERT INTO numbers VALUES (%s, %s)", rows)
    numbers.rollback()
    assert numbers.execute("SELECT count(*) FROM numbers").fetchone() == (0,)
    numbers.rollback()
