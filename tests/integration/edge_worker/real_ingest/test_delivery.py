"""What the worker counts and measures arrives in the database, through the real ingest."""

from __future__ import annotations

import gzip
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import psycopg
import pytest

from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.crossing import Crossing, Direction
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from edge_worker.remote_config.effective_config import EffectiveConfig
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.snapshot.image import encode_jpeg
from edge_worker.uplink.handshake import UnknownCameraError, WorkerKeyError
from functions.ingest.jpeg import clean_jpeg
from tests.integration.edge_worker.real_ingest.conftest import Shop
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame
from tests.integration.functions.ingest.box import make_box

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]
IN, OUT = Direction.IN, Direction.OUT


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
