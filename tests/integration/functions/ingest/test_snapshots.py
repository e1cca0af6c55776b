"""The snapshot of a camera: asked for, stored without metadata, or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import psycopg
import pytest

from functions.ingest.jpeg import clean_jpeg
from tests.integration.functions.ingest.box import Box, handler_for
from tests.integration.functions.ingest.cameras import camera, jpeg

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


def test_a_snapshot_is_asked_for_until_it_has_come(box: Box, connection: Connection, storage: str) -> None:
    assert box.beat().body["snapshot_requested"] is False
    connection.execute("UPDATE cameras SET snapshot_requested_at = now() WHERE id = %s", [box.camera_id])
    assert box.beat().body["snapshot_requested"] is True
    assert box.snapshot(jpeg()).status == 200
    assert box.beat().body["snapshot_requested"] is False


def test_a_snapshot_lies_in_the_bucket_without_metadata_and_the_camera_points_at_it(
    box: Box, connection: Connection, storage: str
) -> None:
    picture = jpeg(320, 200)
    exif = b"Exif\0\0GPS 52.5 N 13.4 E"
    with_metadata = b"%b\xff\xe1%b%b%b<trailing>" % (picture[:2], (len(exif) + 2).to_bytes(2, "big"), exif, picture[2:])
    reply = box.snapshot(with_metadata)
    assert (reply.status, reply.body["width"], reply.body["height"]) == (200, 320, 200)
    key, at = camera(connection, box.camera_id, "snapshot_key", "snapshot_at")
    stored = boto3.client("s3").get_object(Bucket=storage, Key=key)
    body = stored["Body"].read()
    assert (body, stored["ContentType"]) == (clean_jpeg(picture).data, "image/jpeg")
    assert b"GPS" not in body
    assert str(box.camera_id) in key
    assert abs(datetime.now(UTC) - at) < timedelta(seconds=60)


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"not a picture", "image/jpeg", 422),
        (b"\xff\xd8\xff\xd9", "image/jpeg", 422),
        (jpeg(), "image/png", 415),
        (jpeg(), "", 415),
        (b"\xff\xd8" + bytes(512 * 1024), "image/jpeg", 413),
    ],
)
def test_what_is_not_a_jpeg_of_ours_is_not_stored(
    box: Box, connection: Connection, storage: str, *, body: bytes, media_type: str, status: int
) -> None:
    reply = box.snapshot(body, media_type=media_type)
    assert (reply.status, reply.headers["Content-Type"]) == (status, "application/problem+json")
    assert camera(connection, box.camera_id, "snapshot_key") == (None,)


def test_without_the_bucket_the_box_is_told_to_come_again(box: Box, storage: str, database_url: str) -> None:
    box.handler = handler_for(database_url, bucket="no-such-bucket")
    reply = box.snapshot(jpeg())
    assert (reply.status, reply.body["type"]) == (503, "storage_unavailable")
    assert int(reply.headers["Retry-After"]) > 0
