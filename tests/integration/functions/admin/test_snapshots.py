"""The snapshot of a camera through the admin API: asked for, and reached by a signed address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import httpx
import psycopg
import pytest

from tests.integration.functions.admin.conftest import Admin


@pytest.mark.clock
def test_a_snapshot_is_reached_by_a_signed_address_for_five_minutes(
    admin: Admin, connection: psycopg.Connection[Any], storage: str
) -> None:
    camera = admin.camera(admin.store())
    assert admin.get(f"{camera}/snapshot", 404)["type"] == "snapshot_not_found"
    boto3.client("s3").put_object(Bucket=storage, Key="snapshots/a.jpg", Body=b"picture", ContentType="image/jpeg")
    connection.execute(
        "UPDATE cameras SET snapshot_key = 'snapshots/a.jpg', snapshot_at = now() WHERE id = %s",
        [camera.rpartition("/")[2]],
    )
    answer = admin.get(f"{camera}/snapshot")
    fetched = httpx.get(answer["url"])
    assert (fetched.content, fetched.headers["content-type"]) == (b"picture", "image/jpeg")
    remaining = datetime.fromisoformat(answer["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=4) < remaining <= timedelta(minutes=5)


def test_a_snapshot_is_asked_for(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    asked = admin.post(f"{camera}/snapshot-request", status=202)
    assert admin.get(camera)["snapshot_requested_at"] == asked["snapshot_requested_at"]
