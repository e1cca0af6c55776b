"""The worker and the ingest Lambda, as they really are, over HTTP, down to the rows in TimescaleDB."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import numpy as np
import psycopg
import pytest

from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.clock import TrustedClock
from edge_worker.counters import RunCounters
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing, Direction
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.remote_config.effective_config import EffectiveConfig
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.snapshot.image import encode_jpeg
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.handshake import UnknownCameraError, WorkerKeyError
from edge_worker.uplink.uplink import Uplink, WorkerIdentity
from functions.ingest.jpeg import clean_jpeg
from tests.integration.edge_worker.lambda_over_http import over_http
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.integration.functions.ingest.box import Box, handler_for, make_box

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]
IN, OUT = Direction.IN, Direction.OUT


@dataclass
class Shop:
    box: Box
    options: RunOptions
    connection: Connection
    is_offline: bool = False
    proxy: Callable[[dict[str, Any]], dict[str, Any]] = lambda event: event

    def run(self, feed: ScriptedFeed, **changes: Any) -> int:
        return Session(replace(self.options, **changes), lambda *_: feed, "1.2.3").run()

    def events(self) -> list[tuple[Any, ...]]:
        return self.connection.execute(
            "SELECT direction, ts, store_id FROM events WHERE camera_id = %s ORDER BY ts", [self.box.camera_id]
        ).fetchall()

    def camera(self) -> tuple[Any, ...] | None:
        """Totals, backlog, version, model, and until when everything has arrived."""
        return self.connection.execute(
            "SELECT total_in, total_out, backlog, worker_version, model, delivered_until FROM cameras WHERE id = %s",
            [self.box.camera_id],
        ).fetchone()


@pytest.fixture
def shop(connection: Connection, database_url: str, tmp_path: Path) -> Iterator[Shop]:
    handler = handler_for(database_url)
    box = make_box(connection, handler)

    def handle(event: Mapping[str, Any], context: object) -> dict[str, Any]:
        if made.is_offline:
            return {"statusCode": 502, "headers": {}, "body": ""}
        return handler(made.proxy(dict(event)), context)

    with over_http(handle) as url:
        options = box.run_options(url, tmp_path / "outbox.db", quiet=True, heartbeat_s=0.1)
        made = Shop(box, options, connection)
        yield made


def test_crossings_minutes_and_totals_arrive_in_the_database(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(hours=1)).replace(second=0, microsecond=0)
    frames = [frame(n, start + timedelta(seconds=n)) for n in range(120)]
    frames[30] = replace(frames[30], crossings=(Crossing(29.5, 30, IN, 1),))
    frames[90] = replace(frames[90], crossings=(Crossing(90.0, 90, OUT, 2),))
    assert shop.run(ScriptedFeed(frames, is_live=True)) == 0
    assert shop.events() == [
        ("IN", start + timedelta(seconds=29.5), shop.box.store_id),
        ("OUT", start + timedelta(seconds=90), shop.box.store_id),
    ]
    minutes = shop.connection.execute(
        "SELECT minute, frames, fps FROM camera_minutes WHERE camera_id = %s ORDER BY minute", [shop.box.camera_id]
    ).fetchall()
    assert minutes == [(start, 60, 1.0), (start + timedelta(minutes=1), 60, 1.0)]
    assert shop.camera() == (1, 1, 0, "1.2.3", "scripted", start + timedelta(seconds=119))


def test_a_minute_in_which_the_worker_is_restarted_has_the_frames_of_both_parts(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(hours=1)).replace(second=0, microsecond=0)
    frames = [frame(n, start + timedelta(seconds=n)) for n in range(60)]
    for part in (frames[:40], frames[45:55], frames[55:]):
        assert shop.run(ScriptedFeed(part, is_live=True)) == 0
    minutes = shop.connection.execute(
        "SELECT minute, frames FROM camera_minutes WHERE camera_id = %s", [shop.box.camera_id]
    ).fetchall()
    assert minutes == [(start, 55)]


def keeps_the_header(event: dict[str, Any]) -> dict[str, Any]:
    """Decompresses the body and still declares gzip."""
    if event["headers"].get("content-encoding") != "gzip":
        return event
    return {**event, "body": b64encode(gzip.decompress(b64decode(event["body"]))).decode()}


def drops_the_header(event: dict[str, Any]) -> dict[str, Any]:
    """Hands the compressed body on without saying so."""
    headers = {name: value for name, value in event["headers"].items() if name != "content-encoding"}
    return {**event, "headers": headers}


def damages_the_body(event: dict[str, Any]) -> dict[str, Any]:
    """Takes binary for text, as a proxy that was made for JSON does."""
    if event["headers"].get("content-encoding") != "gzip":
        return event
    return {**event, "body": b64encode(b64decode(event["body"]).decode("utf-8", "replace").encode()).decode()}


@pytest.mark.parametrize("proxy", [keeps_the_header, drops_the_header, damages_the_body])
def test_a_proxy_that_mangles_compression_buries_no_crossing(
    shop: Shop, proxy: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    shop.proxy = proxy
    shop.run(ScriptedFeed(film(40, {second / 5: IN for second in range(1, 199)})))
    assert len(shop.events()) == 198
    with SqliteOutbox.open(shop.options.outbox) as outbox:
        assert (outbox.backlog().events, outbox.backlog().dead) == (0, 0)


def test_a_line_that_is_drawn_while_it_runs_counts_from_then_on(shop: Shop) -> None:
    def draw(index: int) -> None:
        if index == 1:
            shop.connection.execute(
                "UPDATE cameras SET line = '{0,0.7,1,0.7}', anchor = 'center' WHERE id = %s", [shop.box.camera_id]
            )

    feed = ScriptedFeed(film(1.2, {}), between=draw)
    shop.run(feed, pace="real-time")
    assert feed.lines == [(Line(0.0, 0.7, 1.0, 0.7), Anchor.CENTER)]


def minutes_of_lines(shop: Shop) -> list[tuple[Any, ...]]:
    return shop.connection.execute(
        "SELECT line_version, first_minute, last_minute FROM camera_line_minutes WHERE camera_id = %s"
        " ORDER BY first_minute",
        [shop.box.camera_id],
    ).fetchall()


def draw_line(shop: Shop) -> None:
    shop.connection.execute("UPDATE cameras SET line = '{0,0.7,1,0.7}' WHERE id = %s", [shop.box.camera_id])


def test_each_minute_reports_the_version_of_the_line_that_was_used(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(hours=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    start -= timedelta(days=1)
    deadline = monotonic() + 20

    def script() -> Iterator[FrameResult]:
        """Three minutes of frames; the line is drawn in the second and applies before its last frame."""
        yield frame(0, start)
        draw_line(shop)
        for index in count():
            yield frame(60 + index / 1000, start + timedelta(minutes=1, seconds=index / 1000))
            if feed.lines or monotonic() > deadline:
                break
            sleep(0.02)
        yield frame(119, start + timedelta(seconds=119))
        yield frame(120, start + timedelta(minutes=2))

    feed = ScriptedFeed(script(), is_live=True)
    assert shop.run(feed) == 0
    assert feed.lines == [(Line(0.0, 0.7, 1.0, 0.7), Anchor.FOOT)]
    assert minutes_of_lines(shop) == [
        (1, start, start + timedelta(minutes=1)),
        (2, start + timedelta(minutes=1), start + timedelta(minutes=2)),
    ]


def test_a_box_that_is_offline_keeps_the_old_line_and_reports_its_version(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    hours = [start + timedelta(hours=hour) for hour in range(6)]
    assert shop.run(ScriptedFeed([frame(0, hours[0])], is_live=True)) == 0
    draw_line(shop)
    shop.is_offline = True
    status_file = shop.options.outbox.with_name("status.json")
    feed = ScriptedFeed([frame(n, at) for n, at in enumerate(hours[1:5])], is_live=True)
    assert shop.run(feed, status_file=status_file) == 0
    status = json.loads(status_file.read_text())
    assert (status["uplink"], status["line_from"], status["line_version"]) == ("waiting", "default", 1)
    assert minutes_of_lines(shop) == [(1, hours[0], hours[0])]
    shop.is_offline = False
    assert shop.run(ScriptedFeed([frame(0, hours[5])], is_live=True)) == 0
    assert minutes_of_lines(shop) == [(1, hours[0], hours[4]), (2, hours[5], hours[5])]


def test_a_line_of_the_command_line_has_no_version(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    assert shop.run(ScriptedFeed([frame(0, start)], is_live=True), line=Line(0.5, 0, 0.5, 1)) == 0
    assert minutes_of_lines(shop) == [(None, start, start)]


def test_what_the_ingest_refuses_for_good_becomes_a_dead_letter_with_its_reason(shop: Shop) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=31)
    assert shop.run(ScriptedFeed(film(1, {0.5: IN})), starts_at=long_ago) == 0
    with SqliteOutbox.open(shop.options.outbox) as outbox:
        assert [letter.reason for letter in outbox.dead_letters()] == ["too_old"]
        assert outbox.backlog().events == 0
    assert shop.events() == []


def test_a_run_again_with_a_revived_outbox_doubles_nothing(shop: Shop) -> None:
    shop.run(ScriptedFeed(film(1, {0.5: IN})))
    [(_, ts, _)] = shop.events()
    shop.run(ScriptedFeed(film(1, {})))
    assert [row[1] for row in shop.events()] == [ts]


def test_a_wrong_key_and_a_camera_of_another_store_are_refused(shop: Shop, connection: Connection) -> None:
    with pytest.raises(WorkerKeyError):
        shop.run(ScriptedFeed([]), key="mk_" + "x" * 43)
    stranger = make_box(connection, shop.box.handler)
    with pytest.raises(UnknownCameraError):
        shop.run(ScriptedFeed([]), camera_id=str(stranger.camera_id))


def test_the_ingest_takes_the_jpeg_that_the_worker_makes() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (1080, 1920, 3), dtype=np.uint8)
    size = clean_jpeg(encode_jpeg(noise))
    assert (size.width, size.height) == (1280, 720)


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


def test_what_the_pipeline_measures_arrives_and_the_totals_agree(shop: Shop) -> None:
    def open_feed(_options: RunOptions, _config: EffectiveConfig, camera: CameraStatus) -> ScriptedFeed:
        camera.picture, camera.device, camera.person_height = Picture.MOVED, "openvino:cpu", 0.25
        camera.fps_wanted, camera.fps_reached, camera.decode_ms, camera.inference_ms = 25.0, 24.5, 1.5, 12.0
        camera.track_ends.add(0.5, 0.25)
        return ScriptedFeed(film(2, {0.5: IN, 1.0: OUT}))

    assert Session(shop.options, open_feed, "1.2.3").run() == 0
    measured = shop.connection.execute(
        "SELECT picture, device, person_height, fps_wanted, fps_reached, decode_ms, inference_ms,"
        " abs(clock_offset_s) < 3 FROM cameras WHERE id = %s",
        [shop.box.camera_id],
    ).fetchall()
    assert measured == [("moved", "openvino:cpu", 0.25, 25.0, 24.5, 1.5, 12.0, True)]
    ends = shop.connection.execute(
        "SELECT points FROM camera_track_ends WHERE camera_id = %s", [shop.box.camera_id]
    ).fetchall()
    assert ends == [([[0.5, 0.25]],)]
    totals = shop.connection.execute(
        "SELECT stored, totals_difference, totals_differ_since, cardinality(run_ids) FROM worker_instances"
        " WHERE camera_id = %s",
        [shop.box.camera_id],
    ).fetchall()
    assert totals == [(2, 0, None, 1)]


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
