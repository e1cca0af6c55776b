"""Tokens in the address of a route: wrong, revoked, used, or of another store."""

from __future__ import annotations

from typing import Any

import psycopg

from functions.common.secret import Secret
from functions.common.unsubscribe_token import unsubscribe_token
from tests.factories import make_member, make_store
from tests.integration.functions.every_route.conftest import Caller
from tests.integration.functions.every_route.routes import OWNER_ROUTES
from tests.integration.functions.every_route.tenant import Tenant, make_subscription, make_wall_link, nobody, state

Connection = psycopg.Connection[Any]


def test_a_token_in_a_url_that_is_wrong_used_or_of_another_installation_is_404_and_changes_nothing(
    stranger: Caller, tenant: Tenant, connection: Connection
) -> None:
    row = next(row for row in OWNER_ROUTES if row.path == "/unsubscribe/{token}")
    before = state(connection, tenant)
    foreign = unsubscribe_token(Secret("NOTIFICATION_KEY", "key of others"), tenant.subscription_id)
    wrong = ["un_", "x", tenant.token[:-1], tenant.token.lower(), f"{tenant.token}x", foreign, nobody().token, "%00"]
    answers = [stranger(row, f"/unsubscribe/{token}") for token in wrong]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert state(connection, tenant) == before
    store = make_store(connection)
    _, token = make_subscription(connection, make_member(connection, store), store)
    used = [stranger(row, f"/unsubscribe/{token}") for _ in range(2)]
    assert [answer.status_code for answer in used] == [200, 404]
    assert used[1].content == answers[0].content
    assert state(connection, tenant) == before


def test_a_wall_token_that_is_wrong_revoked_or_of_another_store_is_404_and_changes_nothing(
    stranger: Caller, neighbour: Caller, tenant: Tenant, connection: Connection
) -> None:
    row = next(row for row in OWNER_ROUTES if "{wall_token}" in row.path)
    before = state(connection, tenant)
    store = make_store(connection)
    revoked_id, revoked = make_wall_link(connection, store)
    connection.execute("DELETE FROM wall_links WHERE id = %s", [revoked_id])
    _, foreign = make_wall_link(connection, store)
    good = tenant.wall_token
    wrong = ["wl_", "x", good[:-1], good.lower(), f"{good}x", tenant.token, revoked, foreign, "%00"]
    urls = [f"/stores/{tenant.store_id}/wall/{token}" for token in wrong] + [f"/stores/{store}/wall/{good}"]
    answers = [who(row, url) for url in urls for who in (stranger, neighbour)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert state(connection, tenant) == before
    shown = stranger(row, f"/stores/{store}/wall/{foreign}")
    assert (shown.status_code, shown.json()["store_id"]) == (200, str(store))
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [store])
    assert stranger(row, f"/stores/{store}/wall/{foreign}").status_code == 404
