"""The gateway of the embedded server: several clients on one backend do not notice each other."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import create_engine, text

from db.timescale.embedded.launcher import EmbeddedServer
from tests.integration.db.gateway.conftest import Connect, read_value


def test_a_transaction_is_not_interleaved_with_another(connect: Connect) -> None:
    one, other = connect(), connect()
    one.execute("CREATE TABLE IF NOT EXISTS ledger (client text, n int)")

    def writes(connection: psycopg.Connection[Any], client: str) -> None:
        for n in range(20):
            with connection.transaction():
                connection.execute("INSERT INTO ledger VALUES (%s, %s)", [client, n])
                connection.execute("INSERT INTO ledger VALUES (%s, %s)", [client, n])

    with ThreadPoolExecutor() as pool:
        list(pool.map(writes, (one, other), ("one", "other")))
    rows = one.execute(
        "SELECT client, n, count(*), array_agg(DISTINCT xmin::text) FROM ledger GROUP BY 1, 2"
    ).fetchall()
    assert len(rows) == 40
    assert all(number == 2 and len(transactions) == 1 for _, _, number, transactions in rows)


def test_a_pool_and_plain_connections_at_once_get_their_own_rows(server: EmbeddedServer) -> None:
    engine = create_engine(
        server.url.replace("postgresql://", "postgresql+psycopg://"),
        pool_size=3,
        connect_args={"prepare_threshold": None},
    )

    def through_pool(n: int) -> bool:
        with engine.connect() as connection:
            return connection.execute(text("SELECT :n * 2, pg_sleep(0.001)"), {"n": n}).scalar() == n * 2

    def through_psycopg(n: int) -> bool:
        with psycopg.connect(server.url, prepare_threshold=0) as connection:
            return [read_value(connection, "SELECT %s::int * 3", [n + i]) for i in range(3)] == [
                3 * (n + i) for i in range(3)
            ]

    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = [pool.submit(through_pool if n % 2 else through_psycopg, n) for n in range(60)]
        assert all(answer.result() for answer in answers)
    engine.dispose()


@pytest.mark.skipif(shutil.which("psql") is None, reason="psql is not installed")
def test_psql_works_beside_others(server: EmbeddedServer, connect: Connect, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("".join(f"{n},row {n}\n" for n in range(100)))
    script = f"""
        CREATE TABLE by_psql (a int, b text);
        \\copy by_psql FROM '{rows}' (FORMAT csv)
        BEGIN;
        DELETE FROM by_psql WHERE a < 50;
        ROLLBACK;
        SELECT count(*) FROM by_psql;
        \\d by_psql
    """.replace("\\\\", "\\")
    command = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1", server.url]
    with psycopg.connect(server.url, autocommit=True) as other:
        psql = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert psql.stdin is not None
        psql.stdin.write(script)
        psql.stdin.close()
        answers = [read_value(other, "SELECT %s::int", [n]) for n in range(50)]
        assert psql.stdout is not None
        output = psql.stdout.read()
        assert psql.wait(30) == 0
        psql.stdout.close()
    assert answers == list(range(50))
    assert "COPY 100" in output
    assert "\n100\n" in output
    assert "a|integer" in output


def test_settings_stay_with_their_client(connect: Connect) -> None:
    kolkata, plain = connect(), connect()
    kolkata.execute("SET TimeZone = 'Asia/Kolkata'")
    kolkata.execute("SELECT set_config('search_path', 'pg_catalog', false)")
    assert read_value(plain, "SHOW TimeZone") == "UTC"
    assert read_value(plain, "SHOW search_path") == '"$user", public'
    assert read_value(kolkata, "SHOW TimeZone") == "Asia/Kolkata"
    assert read_value(kolkata, "SHOW search_path") == "pg_catalog"


def test_settings_of_the_connection_string_are_applied(connect: Connect) -> None:
    configured = connect(
        options="-c statement_timeout=12345 -c search_path=pg_catalog,public", application_name="somebody"
    )
    connect().execute("SELECT 1")
    assert read_value(configured, "SHOW statement_timeout") == "12345ms"
    assert read_value(configured, "SHOW search_path") == "pg_catalog,public"
    assert read_value(configured, "SHOW application_name") == "somebody"


def test_an_unknown_setting_is_refused_at_login(connect: Connect) -> None:
    with pytest.raises(psycopg.OperationalError, match="no_such_setting"):
        connect(options="-c no_such_setting=1")


def test_prepared_statements_of_the_same_name_stay_apart(connect: Connect) -> None:
    one, other = connect(prepare_threshold=0), connect(prepare_threshold=0)
    for n in range(6):
        assert read_value(one, "SELECT %s::int + 1", [n]) == n + 1
        assert read_value(other, "SELECT %s::int + 100", [n]) == n + 100
    other.execute("DEALLOCATE ALL")
    assert read_value(one, "SELECT %s::int + 1", [41]) == 42


def test_the_unnamed_statement_survives_another_client(server: EmbeddedServer, connect: Connect) -> None:
    one, other = connect(), connect()
    one.pgconn.prepare(b"", b"SELECT 'mine'")
    read_value(other, "SELECT %s::text", ["not mine"])
    assert one.pgconn.exec_prepared(b"", []).get_value(0, 0) == b"mine"


def test_temporary_tables_are_dropped_with_their_client(server: EmbeddedServer, connect: Connect) -> None:
    with psycopg.connect(server.url, autocommit=True) as leaving:
        leaving.execute("CREATE TEMP TABLE mine (a int)")
    assert read_value(connect(), "SELECT to_regclass('pg_temp.mine')") is None


@pytest.mark.parametrize("params", [None, []], ids=["simple", "extended"])
def test_statements_of_prepare_are_dropped_with_their_client(
    server: EmbeddedServer, connect: Connect, params: list[Any] | None
) -> None:
    staying = connect(prepare_threshold=0)
    assert read_value(staying, "SELECT %s::int + 1", [1]) == 2
    for _ in range(2):
        with psycopg.connect(server.url, autocommit=True) as leaving:
            leaving.execute("PREPARE mine AS SELECT 1", params)
    assert read_value(staying, "SELECT %s::int + 1", [2]) == 3


def test_a_client_that_disconnects_in_a_transaction_is_rolled_back(server: EmbeddedServer, connect: Connect) -> None:
    watcher = connect()
    watcher.execute("CREATE TABLE IF NOT EXISTS left_behind (a int)")
    leaving = psycopg.connect(server.url)
    leaving.execute("INSERT INTO left_behind VALUES (1)")
    leaving.pgconn.finish()
    assert read_value(watcher, "SELECT count(*) FROM left_behind") == 0


def test_an_idle_transaction_ends_when_others_wait(server: EmbeddedServer, connect: Connect) -> None:
    forgotten = connect(autocommit=False)
    forgotten.execute("CREATE TABLE forgotten (a int)")
    assert read_value(connect(), "SELECT to_regclass('forgotten')") is None
    with pytest.raises(errors.IdleInTransactionSessionTimeout, match="idle-in-transaction"):
        forgotten.execute("SELECT 1")


def test_an_idle_transaction_alone_may_stay(connect: Connect) -> None:
    alone = connect(autocommit=False)
    alone.execute("CREATE TABLE stays (a int)")
    assert not threading.Event().wait(1.5)  # longer than the limit, while no other client waits
    assert read_value(alone, "SELECT to_regclass('stays')::text") == "stays"
    alone.rollback()


def test_every_client_gets_its_turn(connect: Connect) -> None:
    busy, other = connect(), connect()
    stop = threading.Event()
    turns = 0

    def query_in_a_loop() -> None:
        nonlocal turns
        while not stop.is_set():
            busy.execute("SELECT 1")
            turns += 1

    turns_while_waiting: list[int] = []
    deadline = time.monotonic() + 60
    with ThreadPoolExecutor() as pool:
        loop = pool.submit(query_in_a_loop)
        while (len(turns_while_waiting) < 50 or turns < 50) and time.monotonic() < deadline:
            before = turns
            other.execute("SELECT 1")
            turns_while_waiting.append(turns - before)
        stop.set()
        loop.result()
    assert turns >= 50, "the busy client was starved"
    assert len(turns_while_waiting) >= 50, "the other client was starved"
    assert statistics.median(turns_while_waiting) <= 5, "the other client waited for more than a turn of each client"
