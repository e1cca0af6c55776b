"""Generated requests, valid and not, with good and bad credentials, at all three Lambdas on the real database.

Whatever comes: no 5xx, no undocumented status, and every answer has the media type and the shape of its document.
`FUZZ_EXAMPLES` is the number of requests for each operation, credential and kind of data: a small share by default,
`full` (`make fuzz`) for at least 20,000 in all.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from functions.admin.app import build as build_admin
from functions.api.app import build as build_api
from functions.common.settings import ADMIN_SETTINGS, load_settings
from functions.ingest.handler import Handler
from functions.ingest.openapi import document
from tests.factories import make_camera, make_member, make_store, make_superadmin
from tests.integration.functions.every_route.routes import ADMIN_ROUTES, INGEST_ROUTES, OWNER_ROUTES
from tests.integration.functions.every_route.tenant import (
    get_superadmin_id,
    make_channel,
    make_import_window,
    make_incident,
    make_subscription,
    make_wall_link,
)
from tests.integration.functions.ingest.box import handler_for, make_key
from tests.integration.local.auth.running import LocalAuth
from tests.signing import Issuer

pytestmark = [pytest.mark.fuzz, pytest.mark.slow]

GIVEN = os.environ.get("FUZZ_EXAMPLES", "1")
EXAMPLES = 75 if GIVEN == "full" else int(GIVEN)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROUTES = {"api": OWNER_ROUTES, "admin": ADMIN_ROUTES, "ingest": INGEST_ROUTES}
"""`every_route/test_tables.py` fails where a route of an app is missing here."""
OPEN = {row.path for rows in ROUTES.values() for row in rows if row.is_open}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
Connection = psycopg.Connection[Any]


class AsASGI:
    """The ingest handler behind HTTP, as API Gateway would put it."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = self._handler(
            {
                "requestContext": {"http": {"method": request.method, "path": request.url.path}},
                "rawPath": request.url.path,
                "headers": dict(request.headers),
                "body": b64encode(await request.body()).decode(),
                "isBase64Encoded": True,
            },
            None,
        )
        await Response(answer["body"], answer["statusCode"], answer["headers"])(scope, receive, send)


@dataclass(frozen=True)
class Target:
    """An app under fire: its document, good headers to it, and ids that exist."""

    schema: Any
    good: dict[str, str]
    bad: dict[str, str]
    ids: Callable[[], dict[str, str]]


@pytest.fixture(scope="module")
def opened(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as made:
        yield made


@pytest.fixture(scope="module")
def targets(
    database_url: str, opened: Connection, issuer: Issuer, local_auth: LocalAuth
) -> Iterator[dict[str, Target]]:
    environ = {
        "METRICA_ENV": "test",
        "DATABASE_URL": database_url,
        "SUPABASE_URL": local_auth.url,
        "SUPABASE_SERVICE_ROLE_KEY": local_auth.service.keys.service_role_key,
    }
    loaded = load_settings(ADMIN_SETTINGS, environ)
    apps = {"api": build_api(loaded), "admin": build_admin(loaded)}
    for app in apps.values():
        app.state.tokens = issuer.verifier()
    store_id = make_store(opened)
    camera_id, owner = make_camera(opened, store_id), make_member(opened, store_id)
    fixed = {"store_id": str(store_id), "camera_id": str(camera_id)}
    fixed["incident_id"] = str(make_incident(opened, store_id, camera_id))

    def of_the_owner() -> dict[str, str]:
        """Owners delete what they are given: every few requests get another channel and subscription."""
        if next(asked) % 8:
            return fixed
        opened.execute("DELETE FROM notification_channels WHERE user_id = %s", [owner])
        opened.execute("DELETE FROM report_subscriptions WHERE user_id = %s", [owner])
        opened.execute("DELETE FROM wall_links WHERE store_id = %s", [store_id])
        subscription_id, token = make_subscription(opened, owner, store_id)
        wall_link_id, wall_token = make_wall_link(opened, store_id)
        fixed.update(
            channel_id=str(make_channel(opened, owner, store_id)),
            subscription_id=str(subscription_id),
            token=token,
            wall_link_id=str(wall_link_id),
            wall_token=wall_token,
        )
        return fixed

    of_the_last: dict[str, str] = {}
    asked = count()

    def of_a_new_store() -> dict[str, str]:
        """Admins archive and remove what they are given: every few requests get a store of their own."""
        if next(asked) % 8:
            return of_the_last
        store = make_store(opened)
        camera, user = make_camera(opened, store), make_member(opened, store)
        make_key(opened, store)
        key = opened.execute("SELECT id FROM worker_keys WHERE store_id = %s", [store]).fetchone()
        assert key is not None
        of_the_last.update(
            store_id=str(store),
            camera_id=str(camera),
            user_id=str(user),
            worker_key_id=str(key[0]),
            invite_id=str(uuid4()),
            incident_id=str(make_incident(opened, store, camera)),
            import_window_id=str(make_import_window(opened, store, camera)),
            superadmin_id=str(get_superadmin_id(opened)),
        )
        return of_the_last

    forged = {"Authorization": f"Bearer {issuer.token(role='anon')}"}
    found = {
        "api": Target(_schema(apps["api"].openapi(), apps["api"]), issuer.headers(owner), forged, of_the_owner),
        "admin": Target(
            _schema(apps["admin"].openapi(), apps["admin"]),
            issuer.headers(make_superadmin(opened)),
            forged,
            of_a_new_store,
        ),
        "ingest": Target(
            _schema(document(), AsASGI(handler_for(database_url))),
            {"X-Worker-Key": make_key(opened, store_id)},
            {"X-Worker-Key": "mk_" + "a" * 43},
            lambda: fixed,
        ),
    }
    yield found
    for app in apps.values():
        app.state.database.dispose()


def _schema(described: dict[str, Any], app: Any) -> Any:
    schema = schemathesis.openapi.from_dict(described)
    schema.app = app
    return schema


def fire(target: Target, operation: Any, headers: dict[str, str], mode: GenerationMode, examples: int) -> int:
    """Send generated requests to one operation; how many."""
    sent = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(case=operation.as_strategy(generation_mode=mode), with_ids=st.sampled_from([True, True, False]))
    def send(case: Case[Any], *, with_ids: bool) -> None:
        nonlocal sent
        if with_ids:
            known = target.ids()
            for name in list(case.path_parameters or {}):
                case.path_parameters[name] = known.get(name, case.path_parameters[name])
            for content in (case.query, case.body):
                if isinstance(content, dict):
                    content.update({name: known[name] for name in ("store_id", "camera_id") if name in content})
        case.headers.pop("Authorization", None)
        case.headers.update(headers)
        sent += 1
        answer = case.call(timeout=120)
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code != 405
        if headers == target.bad and case.path not in OPEN:
            assert answer.status_code in {401, 404, 413}

    send()
    return sent


@pytest.mark.parametrize("credential", ["good", "bad"])
@pytest.mark.parametrize("app", ["api", "admin", "ingest"])
def test_whatever_comes_is_answered_as_documented(
    targets: dict[str, Target], storage: str, app: str, credential: str
) -> None:
    target = targets[app]
    headers: dict[str, str] = getattr(target, credential)
    # A bad credential is refused before anything is read: a smaller share shows it.
    examples = EXAMPLES * 4 if credential == "good" else max(1, EXAMPLES // 2)
    operations = [result.ok() for result in target.schema.get_all_operations()]
    assert {(operation.method.upper(), operation.path) for operation in operations} == {row.key for row in ROUTES[app]}
    sent = 0
    for operation in operations:
        for mode in MODES:
            try:
                sent += fire(target, operation, headers, mode, examples)
            except Unsatisfiable:
                if mode is GenerationMode.POSITIVE:
                    raise
                # There is nothing about this operation that could be wrong.
    print(f"fuzz: {app}, {credential} credential: {sent} requests to {len(operations)} operations")
    assert sent > examples
