"""Two workers that claim to be the same: only one of them delivers, or both are told apart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from edge_worker.clock import TrustedClock
from edge_worker.counters import RunCounters
from edge_worker.crossing import Direction
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.uplink import Uplink, WorkerIdentity
from tests.integration.edge_worker.real_ingest.conftest import Shop
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film

pytestmark = pytest.mark.clock
IN, OUT = Direction.IN, Direction.OUT


def test_a_second_worker_on_the_same_camera_keeps_its_outbox_and_says_why(shop: Shop, tmp_path: Path) -> None:
    shop.run(ScriptedFeed(film(2, {0.5: IN})))
    status_file = tmp_path / "second.json"
    shop.run(ScriptedFeed(film(2, {0.5: IN, 1.0: OUT})), outbox=tmp_path / "second.db", status_file=status_file)
    assert len(shop.events()) == 1
    status = json.loads(status_file.read_text())
    assert (status["backlog"], status["dead"], status["uplink"]) == (2, 0, "refused")
    assert "another worker counts this camera" in status["problem"]
    rejected = shop.connection.execute(
        "SELECT rejected_instance_id FROM cameras WHERE id = %s", [shop.box.camera_id]
    ).fetchone()
    with SqliteOutbox.open(tmp_path / "second.db") as outbox:
        assert rejected == (UUID(outbox.instance_id()),)
    # The first one is silent for longer than the grace period: the second one takes over.
    shop.connection.execute(
        "UPDATE cameras SET instance_seen_at = now() - interval '6 minutes' WHERE id = %s", [shop.box.camera_id]
    )
    shop.run(ScriptedFeed(film(2, {})), outbox=tmp_path / "second.db")
    assert len(shop.events()) == 3


def test_two_boxes_with_copies_of_one_outbox_are_told_apart(shop: Shop, tmp_path: Path) -> None:
    shop.run(ScriptedFeed(film(1, {})))
    copied = tmp_path / "copied.db"
    copied.write_bytes(shop.options.outbox.read_bytes())

    def is_copy_seen() -> bool:
        [(seen,)] = shop.connection.execute(
            "SELECT copy_seen_at IS NOT NULL FROM worker_instances WHERE camera_id = %s", [shop.box.camera_id]
        ).fetchall()
        return bool(seen)

    first, second = (LivingBox(shop, path) for path in (shop.options.outbox, copied))
    assert first.send_heartbeat()
    assert second.send_heartbeat()
    assert not is_copy_seen(), "a restart looks the same"
    assert first.send_heartbeat()
    assert is_copy_seen()


class LivingBox:
    """A worker that runs, with a connection for each heartbeat: the Lambda serves one connection at a time."""

    def __init__(self, shop: Shop, outbox: Path) -> None:
        self._options = replace(shop.options, outbox=outbox)
        self._identity = WorkerIdentity(self._options.camera_id, "1.2.3")

    def send_heartbeat(self) -> bool:
        outbox, clock = FailoverOutbox(self._options.outbox), TrustedClock()
        instance_id = outbox.instance_id()
        with BackendClient(self._options.api_url, self._options.key, clock, instance_id=instance_id) as client:
            configs = ConfigStore(outbox, self._options.camera_id, client.api_url)
            uplink = Uplink(self._identity, outbox, client, clock, configs=configs, counters=RunCounters())
            is_accepted = uplink.send_heartbeat()
        outbox.close()
        return is_accepted
