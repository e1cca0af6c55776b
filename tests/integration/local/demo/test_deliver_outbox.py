"""The rest of a stopped worker's outbox is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from edge_worker.clock import format_utc
from edge_worker.crossing import Direction
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.records import Event
from local.demo.worker import CountingCamera, DemoBox, deliver_outbox
from local.errors import DemoError
from local.stack.stack import Stack
from tests.shop import Shop

GIB = 1 << 30
KEY = "mk_" + "a" * 43


def _box(
    folder: Path, api: str = "http://127.0.0.1:9", key: str = "mk_" + "a" * 43, camera: UUID | None = None
) -> DemoBox:
    return DemoBox("edge", api, key, [CountingCamera(camera or uuid4(), "Door", None, folder)])


def _fill_outbox(camera: CountingCamera, store_id: str, count: int) -> None:
    outbox = FailoverOutbox(camera.outbox, GIB)
    now = format_utc(datetime.now(UTC))
    outbox.add(
        [Event(str(uuid4()), now, str(camera.id), store_id, Direction.IN, number) for number in range(1, count + 1)]
    )
    outbox.close()


def test_everything_in_the_outbox_is_stored(stack: Stack, tmp_path: Path) -> None:
    shop = Shop.open(stack, (0.0, 0.5, 1.0, 0.5), "foot")
    box = _box(tmp_path, stack.urls.api, shop.worker_key, shop.camera_id)
    _fill_outbox(box.cameras[0], str(shop.store_id), 7)
    pauses: list[float] = []
    assert deliver_outbox(box, box.cameras[0], 60, pauses.append) == 0
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        stored = connection.execute("SELECT count(*) FROM events WHERE camera_id = %s", (shop.camera_id,)).fetchone()
    assert stored == (7,)


def test_unsent_crossings_are_returned_after_the_timeout(tmp_path: Path) -> None:
    box = _box(tmp_path)
    _fill_outbox(box.cameras[0], str(uuid4()), 3)
    assert deliver_outbox(box, box.cameras[0], 0.5, lambda _: None) == 3


def test_an_outbox_that_is_still_in_use_is_reported(tmp_path: Path) -> None:
    box = _box(tmp_path)
    in_use = FailoverOutbox(box.cameras[0].outbox, GIB)
    try:
        with pytest.raises(DemoError, match="the rest of the outbox cannot be sent"):
            deliver_outbox(box, box.cameras[0], 1, lambda _: None)
    finally:
        in_use.close()
