"""What every route of ingest does for a box without a good key and for the box of another store."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest

from tests.integration.functions.every_route.conftest import SAME_ID
from tests.integration.functions.every_route.routes import INGEST_ROUTES, METHODS, OF_A_CAMERA, Row, ids
from tests.integration.functions.every_route.tenant import Tenant, nobody, state
from tests.integration.functions.ingest.box import Box

Connection = psycopg.Connection[Any]


@pytest.mark.parametrize("row", INGEST_ROUTES, ids=ids)
def test_a_box_without_a_good_key_gets_401(box: Box, tenant: Tenant, row: Row) -> None:
    bodies = set()
    for key in ("", "mk_" + "a" * 43, "rubbish"):
        box.key = key
        for url in (tenant.url(row), nobody().url(row)):
            reply = box.ask(row.method, url, row.body)
            assert reply.status == 401
            bodies.add(json.dumps(reply.body))
    assert len(bodies) == 1


@pytest.mark.parametrize("row", OF_A_CAMERA, ids=ids)
def test_a_box_of_another_store_gets_404_to_the_byte_like_for_nobodys_camera(
    box: Box, tenant: Tenant, connection: Connection, storage: str, *, picture: bytes, row: Row
) -> None:
    before = state(connection, tenant)
    body, headers = (picture, {"Content-Type": "image/jpeg"}) if row.method == "PUT" else (row.body, {})
    reply = box.ask(row.method, tenant.url(row), body, headers=SAME_ID | headers)
    nobodys = box.ask(row.method, nobody().url(row), body, headers=SAME_ID | headers)
    assert reply.status == 404
    assert reply == nobodys
    assert state(connection, tenant) == before


@pytest.mark.parametrize("row", INGEST_ROUTES, ids=ids)
def test_another_method_of_ingest_is_405(box: Box, row: Row) -> None:
    for method in set(METHODS) - {row.method}:
        assert box.ask(method, nobody().url(row)).status == 405
