"""The configuration of a camera, and its entity tag."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


def test_the_config_has_the_line_and_its_version(box: Box, connection: Connection) -> None:
    before = box.config()
    assert (before.body["line"], before.body["line_version"]) == (None, 1)
    connection.execute("UPDATE cameras SET line = '{0,0.7,1,0.7}' WHERE id = %s", [box.camera_id])
    assert box.beat().body["config_etag"] != before.headers["ETag"]
    after = box.config(headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status, after.body["line"], after.body["line_version"]) == (200, [0.0, 0.7, 1.0, 0.7], 2)
    assert box.config(headers={"If-None-Match": after.headers["ETag"]}).status == 304


def test_the_config_is_what_the_admin_has_set(box: Box, connection: Connection) -> None:
    connection.execute(
        "UPDATE cameras SET name = 'Door', line = '{0.1,0.5,0.9,0.6}', anchor = 'center', is_counting_line = false"
        " WHERE id = %s",
        [box.camera_id],
    )
    assert box.config().body == {
        "camera_id": str(box.camera_id),
        "store_id": str(box.store_id),
        "name": "Door",
        "is_counting_line": False,
        "line": [0.1, 0.5, 0.9, 0.6],
        "anchor": "center",
        "sample_fps": 10.0,
        "snapshot_interval_s": 0,
        "line_version": 2,
        "view_accepted_at": None,
        "min_stay_s": 0.0,
        "ignore_children": False,
    }


def test_a_changed_policy_is_a_changed_config(box: Box, connection: Connection) -> None:
    before = box.config()
    connection.execute("UPDATE cameras SET min_stay_s = 2.6, ignore_children = true WHERE id = %s", [box.camera_id])
    assert box.beat().body["config_etag"] != before.headers["ETag"]
    after = box.config(headers={"If-None-Match": before.headers["ETag"]})
    assert (after.body["min_stay_s"], after.body["ignore_children"]) == (2.6, True)
    assert after.body["line_version"] == before.body["line_version"]


def test_the_config_has_the_moment_at_which_the_view_was_accepted(box: Box, connection: Connection) -> None:
    before = box.config()
    connection.execute("SET timezone = 'Asia/Kolkata'")
    connection.execute("UPDATE cameras SET view_accepted_at = '2026-11-26T12:00:00.25Z' WHERE id = %s", [box.camera_id])
    assert box.config().body["view_accepted_at"] == "2026-11-26T12:00:00.250Z"
    assert box.beat().body["config_etag"] != before.headers["ETag"]


def test_an_unchanged_config_is_304_and_the_etag_is_the_heartbeats(box: Box, connection: Connection) -> None:
    first = box.config()
    etag = first.headers["ETag"]
    assert box.beat().body["config_etag"] == etag
    again = box.config(headers={"If-None-Match": etag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, None, etag)
    assert box.config(headers={"If-None-Match": f'"other", W/{etag}'}).status == 304
    connection.execute("UPDATE cameras SET line = '{0,0.5,1,0.5}' WHERE id = %s", [box.camera_id])
    changed = box.config(headers={"If-None-Match": etag})
    assert changed.status == 200
    assert changed.headers["ETag"] != etag
