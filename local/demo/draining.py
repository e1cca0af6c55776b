"""Delivers what a stopped worker left in its outbox."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from edge_worker.cli import worker_version
from edge_worker.clock import TrustedClock
from edge_worker.errors import EdgeError
from edge_worker.heartbeat.vitals import Vitals
from edge_worker.outbox import Journal
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.courier import Courier, Station
from local.demo.errors import DemoError
from local.demo.worker import Post

_OUTBOX_LIMIT_BYTES = 1 << 30
_ROUND_S = 5.0
_PAUSE_S = 1.0


def drain(post: Post, within_s: float, wait: Callable[[float], object]) -> int:
    """How many crossings still wait in the outbox after at most that time; 0 when all were delivered.

    `wait` sleeps. Raises DemoError when the outbox cannot be opened.
    """
    until = monotonic() + within_s
    clock = TrustedClock()
    try:
        journal = Journal(post.outbox, _OUTBOX_LIMIT_BYTES)
    except EdgeError as error:
        raise DemoError(f"what is left in the outbox cannot be delivered: {error}") from None
    try:
        with BackendClient(post.api, post.key, clock, version=worker_version()) as client:
            configs = ConfigStore(journal, str(post.camera_id), client.api_url)
            station = Station(str(post.camera_id), worker_version())
            while journal.backlog().events and monotonic() < until:
                courier = Courier(station, journal, client, clock, configs=configs, vitals=Vitals())
                courier.drain(min(_ROUND_S, max(until - monotonic(), 0.1)))
                if journal.backlog().events:
                    wait(_PAUSE_S)
            return journal.backlog().events
    finally:
        journal.close()
