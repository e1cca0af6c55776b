"""Many clients at once with random operations, some of them failing: each sees only its own session."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from db.timescale.embedded.launcher import start
from tests.database import migrated_folder

CLIENTS, STEPS = 5, 40
LONG = "SELECT count(*) FROM generate_series(1, 50000000)"


class Client:
    """One client and its expected state: its rows in `ledger`, and its time zone."""

    def __init__(self, url: str, number: int) -> None:
        self.url, self.number = url, number
        self.random = random.Random(number)  # noqa: S311 - the same steps each time
        self.rows, self.zone = 0, "UTC"
        self.connection = self._connect()

    def run(self) -> None:
        steps: list[Callable[[], None]] = [
            self.commit, self.roll_back, self.fail, self.set_zone, self.prepare, self.pipeline,
            self.leave, self.cancel, self.time_out, self.copy,
        ]  # fmt: skip
        for _ in range(STEPS):
            step = self.random.choice(steps)
            step()
            found = self.connection.execute("SELECT count(*) FROM ledger WHERE client = %s", [self.number]).fetchone()
            assert found == (self.rows,), step.__name__
            assert self.connection.execute("SHOW timezone").fetchone() == (self.zone,), step.__name__
        self.connection.close()

    def commit(self) -> None:
        with self.connection.transaction():
            self._insert()
        self.rows += 1

    def roll_back(self) -> None:
        with self.connection.transaction(force_rollback=True):
            self._insert()

    def fail(self) -> None:
        with pytest.raises(errors.DivisionByZero), self.connection.transaction():
            self.connection.execute("WITH new AS (INSERT INTO ledger VALUES (%s)) SELECT 1 / 0", [self.number])

    def set_zone(self) -> None:
        self.zone = self.random.choice(["Asia/Tokyo", "UTC", "Europe/Paris"])
        self.connection.execute(f"SET timezone = '{self.zone}'".encode())

    def prepare(self) -> None:
        statement = f"SELECT %s::int, {self.random.randint(0, 3)}".encode()
        found = self.connection.execute(statement, [self.number], prepare=True).fetchone()
        assert found is not None
        assert found[0] == self.number

    def pipeline(self) -> None:
        with self.connection.pipeline():
            cursors = [self.connection.execute("SELECT %s::int", [self.number + n]) for n in range(5)]
        assert [cursor.fetchone() for cursor in cursors] == [(self.number + n,) for n in range(5)]

    def leave(self) -> None:
        self.connection.execute("BEGIN")
        self._insert()
        self.connection.pgconn.finish()
        self.connection, self.zone = self._connect(), "UTC"

    def cancel(self) -> None:
        done = threading.Event()

        def cancel_until_done() -> None:  # a request before the statement has no effect
            while not done.wait(0.02):
                self.connection.cancel()

        canceller = threading.Thread(target=cancel_until_done)
        canceller.start()
        try:
            with pytest.raises(errors.QueryCanceled):
                self.connection.execute(LONG)
        finally:
            done.set()
            canceller.join()

    def time_out(self) -> None:
        self.connection.execute("SET statement_timeout = 20")
        with pytest.raises(errors.QueryCanceled, match="statement timeout"):
            self.connection.execute(LONG)
        self.connection.execute("RESET statement_timeout")

    def copy(self) -> None:
        with self.connection.cursor().copy("COPY ledger FROM STDIN") as copy:
            copy.write_row((self.number,))
            copy.write_row((self.number,))
        self.rows += 2

    def _insert(self) -> None:
        self.connection.execute("INSERT INTO ledger VALUES (%s)", [self.number])

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True, prepare_threshold=self.random.choice([None, 0, 2]))


@pytest.mark.slow
def test_each_client_has_its_own_session(tmp_path: Path) -> None:
    shutil.copytree(migrated_folder(), tmp_path / "data")
    server = start(tmp_path / "data", idle_in_transaction_s=30, jobs_every_s=0.3, durable=False)
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE ledger (client int)")
        with ThreadPoolExecutor(CLIENTS) as pool:
            for client in [pool.submit(Client(server.url, number).run) for number in range(CLIENTS)]:
                client.result()
    finally:
        server.stop()
