"""What a stopped worker left in its outbox is delivered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from edge_worker.clock import format_utc
from edge_worker.crossing import Direction
from edge_worker.outbox import Event, Journal
from local.demo.draining import drain
from local.demo.errors import DemoError
from local.demo.worker import Post
from local.stack import Stack
from tests.shop import Shop

GIB = 1 << 30


def _leave(post: Post, store_id: str, count: int) -> None:
    journal = Journal(post.outbox, GIB)
    now = format_utc(datetime.now(UTC))
    journal.record(
        [
            Event(str(uuid4()), now, str(post.camera_id), store_id, Direction.IN, number)
            for number in range(1, count + 1)
        ]
    )
    journal.close()


def test_everything_that_waits_is_stored(stack: Stack, tmp_path: Path) -> None:
    shop = Shop.open(stack, (0.0, 0.5, 1.0, 0.5), "foot")
    post = Post(stack.urls.api, shop.worker_key, shop.camera_id, tmp_path / "outbox.db", tmp_path / "status.json")
    _leave(post, str(shop.store_id), 7)
    waited: list[float] = []
    assert drain(post, 60, waited.append) == 0
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        stored = connection.execute("SELECT count(*) FROM events WHERE camera_id = %s", (shop.camera_id,)).fetchone()
    assert stored == (7,)


def test_what_nobody_takes_still_waits_when_the_time_is_over(tmp_path: Path) -> None:
    post = Post("http://127.0.0.1:9", "mk_" + "a" * 43, uuid4(), tmp_path / "outbox.db", tmp_path / "status.json")
    _leave(post, str(uuid4()), 3)
    assert drain(post, 0.5, lambda _: None) == 3


def test_an_outbox_that_is_still_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    post = Post("http://127.0.0.1:9", "mk_" + "a" * 43, uuid4(), tmp_path / "outbox.db", tmp_path / "status.json")
    in_use = Journal(post.outbox, GIB)
    try:
        with pytest.raises(DemoError, match="what is left in the outbox cannot be delivered"):
            drain(post, 1, lambda _: None)
    finally:
        in_use.close()
