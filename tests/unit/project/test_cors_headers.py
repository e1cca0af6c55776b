"""The gateway and the application allow browsers the same headers: on one machine the application answers them."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from functions.common.app import make_app
from functions.common.settings import API_SETTINGS, load_settings

SERVERLESS = (Path(__file__).resolve().parents[3] / "serverless.yml").read_text()
ORIGIN = "http://127.0.0.1:8404"


def gateway(member: str) -> set[str]:
    """The headers in a member of `cors` of serverless.yml."""
    match = re.search(rf"^ +{member}: \[(.*)\]$", SERVERLESS, re.MULTILINE)
    assert match is not None
    return {name.strip() for name in match[1].split(",")}


def test_the_gateway_and_the_application_agree() -> None:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": "postgresql://x", "SUPABASE_URL": "http://127.0.0.1:1"}
    client = TestClient(make_app(load_settings(API_SETTINGS, environ), [], title="test"))
    allowed = gateway("allowedHeaders")
    assert {"If-Match", "Idempotency-Key"} <= allowed
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PATCH"}
    preflight = client.options("/", headers={**asked, "Access-Control-Request-Headers": ", ".join(sorted(allowed))})
    assert preflight.status_code == 200
    refused = client.options("/", headers={**asked, "Access-Control-Request-Headers": "X-Other"})
    assert refused.status_code == 400
    exposed = client.get("/", headers={"Origin": ORIGIN}).headers["Access-Control-Expose-Headers"]
    assert {name.strip() for name in exposed.split(",")} == gateway("exposedResponseHeaders") > {"ETag"}
