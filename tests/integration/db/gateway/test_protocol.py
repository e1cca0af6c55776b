"""The gateway of the embedded server speaks the protocol: cancelling, COPY, pipelines, cursors and logins."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from db.timescale.embedded.launcher import EmbeddedServer
from tests.integration.db.gateway.conftest import Connect, read_value


def test_a_running_statement_is_cancelled(connect: Connect) -> None:
    busy = connect()
    threading.Timer(0.3, busy.cancel).start()
    began = time.monotonic()
    with pytest.raises(errors.QueryCanceled, match="user request"):
        busy.execute("SELECT count(*) FROM generate_series(1, 10000000000)")
    assert time.monotonic() - began < 10
    assert read_value(busy, "SELECT 1") == 1


def test_a_waiting_statement_is_cancelled(connect: Connect) -> None:
    holder, waiting = connect(), connect()
    threading.Timer(0.3, waiting.cancel).start()
    threading.Timer(1.0, holder.cancel).start()
    with ThreadPoolExecutor() as pool:
        held = pool.submit(holder.execute, "SELECT count(*) FROM generate_series(1, 10000000000)")
        with pytest.raises(errors.QueryCanceled):
            waiting.execute("SELECT count(*) FROM generate_series(1, 10000000000)")
        with pytest.raises(errors.QueryCanceled):
            held.result()
    assert read_value(waiting, "SELECT 1") == 1


def test_statement_timeout_works(connect: Connect) -> None:
    limited = connect(options="-c statement_timeout=200")
    with pytest.raises(errors.QueryCanceled, match="statement timeout"):
        limited.execute("DO $$ BEGIN LOOP NULL; END LOOP; END $$")
    assert read_value(limited, "SELECT 1") == 1


@pytest.mark.parametrize("in_transaction", [False, True])
def test_copy_in_and_out(connect: Connect, in_transaction: bool) -> None:
    connection = connect(autocommit=not in_transaction)
    connection.execute("CREATE TEMP TABLE copied (a int, b text)")
    with connection.cursor().copy("COPY copied FROM STDIN") as copy:
        for n in range(1000):
            copy.write_row((n, f"row {n}"))
    with connection.cursor().copy("COPY copied (a, b) FROM STDIN (FORMAT binary)") as copy:
        copy.set_types(["int4", "text"])
        copy.write_row((1000, "binary"))
    assert read_value(connection, "SELECT sum(a) FROM copied") == 1000 * 1001 // 2
    with connection.cursor().copy("COPY (SELECT a FROM copied ORDER BY a) TO STDOUT") as copy:
        assert [int(bytes(line)) for line in copy] == list(range(1001))
    connection.rollback()


def test_a_copy_that_fails_leaves_the_connection_usable(connect: Connect) -> None:
    connection = connect()
    connection.execute("CREATE TEMP TABLE copied (a int)")

    class StoppedError(Exception):
        pass

    def stop_halfway() -> None:
        with connection.cursor().copy("COPY copied FROM STDIN") as copy:
            copy.write_row((1,))
            raise StoppedError

    with pytest.raises(StoppedError):
        stop_halfway()
    with pytest.raises(errors.InvalidTextRepresentation), connection.cursor().copy("COPY copied FROM STDIN") as copy:
        copy.write_row(("no number",))
    with pytest.raises(errors.UndefinedTable), connection.cursor().copy("COPY nowhere FROM STDIN") as copy:
        copy.write_row((1,))
    assert read_value(connection, "SELECT count(*) FROM copied") == 0


def test_large_values_go_both_ways(connect: Connect) -> None:
    connection = connect()
    large = "x" * 5_000_000
    assert read_value(connection, "SELECT %s::text || 'y'", [large]) == large + "y"


def test_a_pipeline_keeps_its_order(connect: Connect) -> None:
    connection = connect()
    with connection.pipeline():
        cursors = [connection.execute("SELECT %s::int", [n]) for n in range(50)]
    assert [cursor.fetchone() for cursor in cursors] == [(n,) for n in range(50)]


def test_an_error_in_a_pipeline_does_not_affect_the_next_statement(connect: Connect) -> None:
    connection = connect()
    with pytest.raises(errors.DivisionByZero), connection.pipeline():
        connection.execute("SELECT 1 / %s::int", [0])
    assert read_value(connection, "SELECT 7") == 7


def test_a_server_side_cursor_streams(connect: Connect) -> None:
    connection = connect(autocommit=False)
    with connection.cursor("streamed") as cursor:
        cursor.itersize = 100
        cursor.execute("SELECT generate_series(1, 1000)")
        assert sum(row[0] for row in cursor) == 500_500
    connection.rollback()


def test_another_database_name_is_refused(server: EmbeddedServer) -> None:
    with pytest.raises(psycopg.OperationalError, match='database "other" does not exist'):
        psycopg.connect(server.url, dbname="other")


def test_ssl_is_declined_and_the_connection_goes_on(server: EmbeddedServer) -> None:
    with psycopg.connect(server.url, sslmode="prefer") as connection:
        assert read_value(connection, "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError, match="does not support SSL"):
        psycopg.connect(server.url, sslmode="require")


def test_it_listens_on_this_machine_only(server: EmbeddedServer) -> None:
    port = int(server.url.rsplit(":", 1)[1].split("/")[0])
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("reads /proc/net/tcp")
    listening = {line.split()[1] for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"}
    assert {address for address in listening if address.endswith(f":{port:04X}")} == {f"0100007F:{port:04X}"}


def test_a_late_cancel_does_not_hit_another_client(connect: Connect) -> None:
    cancelling, other = connect(), connect()
    for _ in range(30):
        cancelling.execute("SELECT 1")
        cancelling.cancel()
        assert read_value(other, "SELECT 1") == 1
    assert read_value(cancelling, "SELECT 1") == 1
