"""One server as compose.yaml describes it, from nothing to a crossing on the dashboard over TLS."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import cv2
import httpx
import numpy as np
import psutil
import psycopg
import pytest
from playwright.sync_api import expect

from server.functions import FUNCTIONS
from server.keys import Keys
from tests.assets import clip, models_folder, write_part
from tests.browser import chromium
from tests.docs_commands import page_command
from tests.integration.server.one_server import SECRET, SERVICES, OneServer, one_server, post, select
from tests.log_search import find_secrets
from tests.page_paths import FILES, PAGES
from tests.shop import PASSWORD, zone_around_noon

TIMEOUT_MS = 60_000
ADA = "ada@example.org"


@pytest.fixture(scope="module")
def server() -> Iterator[OneServer]:
    with one_server() as running:
        yield running
        # Whatever the tests of this module did. What an operator asked for is shown to them: the link of `tools`.
        logs = {name: text for name, text in running.services.logs().items() if name != "tools"}
        assert find_secrets(logs, {"METRICA_SECRET": SECRET, "password": PASSWORD, "address": ADA}) == []


@pytest.fixture(scope="module")
def admin(server: OneServer) -> Iterator[httpx.Client]:
    """A superadmin, made by the command of an operator."""
    command = page_command("docs/server.md", "docker compose run --rm tools superadmin you@example.com")
    service, *words = command[command.index("--rm") + 1 :]
    printed = server.services.run(service, *(ADA if word == "you@example.com" else word for word in words))
    server.set_password(printed, PASSWORD)
    with server.client(server.sign_in(ADA, PASSWORD)) as client:
        yield client


@pytest.fixture(scope="module")
def camera(admin: httpx.Client) -> dict[str, Any]:
    """A store of Ada with a counting camera, and a worker key."""
    truth = json.loads(clip("doorway_1.truth.json").read_text(encoding="utf-8"))
    store = post(admin, "/api/admin/stores", {"name": "Corner shop", "timezone": zone_around_noon()})
    post(admin, f"/api/admin/stores/{store['store_id']}/owners", {"email": ADA})
    line = {"name": "Door", "line": truth["line"], "anchor": truth["anchor"]}
    made = post(admin, f"/api/admin/stores/{store['store_id']}/cameras", line)
    key = post(admin, f"/api/admin/stores/{store['store_id']}/worker-keys", {"name": "edge box"})
    return {"store_id": store["store_id"], "camera_id": made["camera_id"], "key": key["key"]}


@pytest.fixture(scope="module")
def worker_log(server: OneServer, camera: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The log of an edge worker that has counted one person who leaves and one who comes in."""
    folder = tmp_path_factory.mktemp("worker")
    video = write_part(folder / "doorway.avi", first=190, last=290, step=2)
    with psycopg.connect(server.database_url, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = counts_from - interval '15 minutes' WHERE camera_id = %s",
            [camera["camera_id"]],
        )
    counted = subprocess.run(
        [
            *(sys.executable, "-m", "edge_worker.cli", "run", "--source", str(video)),
            *("--api", f"{server.url}/api", "--camera", camera["camera_id"]),
            *("--outbox", str(folder / "outbox.sqlite3")),
            *("--starts-at", (datetime.now(UTC) - timedelta(minutes=2)).isoformat()),
            *("--log-format", "json"),
        ],
        env=os.environ
        | {
            "METRICA_MODELS": str(models_folder()),
            "METRICA_WORKER_KEY": camera["key"],
            "SSL_CERT_FILE": str(server.authority),
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert counted.returncode == 0, counted.stderr
    return counted.stdout + counted.stderr


def test_what_the_edge_worker_counts_is_on_the_dashboard(server: OneServer, worker_log: str) -> None:
    assert worker_log
    stored = select(server.database_url, "SELECT direction::text, count(*) FROM events GROUP BY 1 ORDER BY 1")
    assert stored == [("IN", 1), ("OUT", 1)]

    with chromium() as browser:
        page = browser.new_page(ignore_https_errors=True)  # Chromium trusts the authorities of the system only
        page.goto(server.url)
        page.get_by_test_id("sign-in-email").fill(ADA)
        page.get_by_test_id("sign-in-password").fill(PASSWORD)
        page.get_by_test_id("sign-in-submit").click()
        expect(page.get_by_test_id("tile-visitors-value")).to_have_text("1", timeout=TIMEOUT_MS)
        expect(page.get_by_test_id("live-exits")).to_have_text("1")


def test_one_id_leads_from_the_worker_to_ingest_and_to_the_statement(server: OneServer, worker_log: str) -> None:
    of_worker = json_lines(worker_log)
    ids = {line["request_id"] for line in of_worker if line["message"].startswith("delivered ")}
    assert ids
    assert ids <= {line.get("event_id") for line in of_worker}, "the id of a batch is that of its oldest crossing"
    of_ingest = [line for line in json_lines(server.services.logs()["ingest"]) if line.get("request_id") in ids]
    assert {line["request_id"] for line in of_ingest} == ids
    assert sum(line["inserted"] for line in of_ingest if line["route"] == "/events") == 2
    inserts = [statement for statement in server.recorded.statements if "INSERT INTO events" in statement]
    assert {statement.partition("*/")[0] for statement in inserts} == {f"/*request_id='{one}'" for one in ids}


def test_every_line_of_the_functions_is_json_with_the_id_of_its_request(server: OneServer, admin: httpx.Client) -> None:
    answer = admin.get("/api/admin/stores", headers={"X-Request-Id": "7c0e6a52-54c0-4e6f-8f0e-2a6a6d9b8c01"})
    assert answer.headers["X-Request-Id"] == "7c0e6a52-54c0-4e6f-8f0e-2a6a6d9b8c01"
    deadline = time.monotonic() + 20  # a response may be there before its line
    while answer.headers["X-Request-Id"] not in server.services.logs()["admin"]:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    for name in ("ingest", "api", "admin", "worker"):
        text = server.services.logs()[name]
        lines = json_lines(text)
        assert len(lines) == len([line for line in text.splitlines() if line.strip()]), text
        requests = [line for line in lines if line["message"] in {"request", "finished"}]
        assert requests, name
    [line] = [
        one for one in json_lines(server.services.logs()["admin"]) if one.get("request_id", "").startswith("7c0e")
    ]
    assert (line["route"], line["status"]) == ("/admin/stores", 200)


def json_lines(text: str) -> list[dict[str, Any]]:
    """Return the lines of a log that are JSON objects."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_superadmin_signs_in_to_the_admin_pages(server: OneServer, camera: dict[str, Any]) -> None:
    with chromium() as browser:
        page = browser.new_page(ignore_https_errors=True)
        page.goto(server.admin_url)
        page.get_by_test_id("sign-in-email").fill(ADA)
        page.get_by_test_id("sign-in-password").fill(PASSWORD)
        page.get_by_test_id("sign-in-submit").click()
        expect(page.get_by_text("Corner shop").first).to_be_visible(timeout=TIMEOUT_MS)


def test_the_pages_have_security_headers_and_a_missing_asset_is_no_page(server: OneServer) -> None:
    for host in ("localhost", "admin.localhost"):
        with server.client(host=host) as client:
            page = client.get("/stores/deep/link")
            assert (page.status_code, "<html" in page.text) == (200, True)
            assert page.headers["content-security-policy"].startswith("default-src 'self'; script-src 'self';")
            assert page.headers["strict-transport-security"].startswith("max-age=")
            assert page.headers["cache-control"] == "no-cache"
            assert "server" not in page.headers
            paths = set(re.findall(r'"(/assets/[^"]+\.js)"', page.text))
            assets = [client.get(path, headers={"Accept-Encoding": "gzip"}) for path in paths]
            assert {asset.status_code for asset in assets} == {200}
            asset = max(assets, key=lambda each: len(each.content))  # Caddy does not compress less than 512 bytes
            assert asset.headers["content-encoding"] == "gzip"
            assert "immutable" in asset.headers["cache-control"]
            assert all("<html" in client.get(path).text for path in PAGES)
            absent = set(FILES) - {"/index.html", "/config.json", "/favicon.svg", "/icons/icon-192.png"}
            assert {path: client.get(path).status_code for path in absent} == dict.fromkeys(absent, 404)
            missing = client.get("/assets/missing.js")
            assert (missing.status_code, "<html" in missing.text) == (404, False)
            assert "immutable" not in missing.headers.get("cache-control", "")
            config = client.get("/config.json")
            assert (config.json()["environment"], config.headers["cache-control"]) == ("production", "no-store")


def test_plain_http_leads_to_https(server: OneServer) -> None:
    answer = httpx.get(f"http://127.0.0.1:{server.services.ports[8080]}/x", headers={"Host": "localhost"})
    assert (answer.status_code, answer.headers["location"]) == (308, "https://localhost/x")


def test_only_the_routes_of_the_functions_are_reached(server: OneServer, camera: dict[str, Any]) -> None:
    with server.client() as client:
        assert client.get("/api/healthz").json()["database"] == "ok"
        assert client.get("/api/stores").status_code == 401
        assert client.get("/api/admin/stores").status_code == 401
        assert client.get("/api/admin/healthz").status_code in {401, 404}
        assert client.post("/api/events", json={"events": []}).status_code == 401
        assert client.get(f"/api/cameras/{camera['camera_id']}/config").status_code == 401
        too_large = client.post("/api/events", content=b"x" * 11_000_000, headers={"X-Worker-Key": camera["key"]})
        assert too_large.status_code == 413


def test_a_snapshot_is_shown_by_a_signed_link_only(
    server: OneServer, admin: httpx.Client, camera: dict[str, Any]
) -> None:
    jpeg = cv2.imencode(".jpg", np.full((120, 160, 3), 90, np.uint8))[1].tobytes()
    with server.client() as box:
        stored = box.put(
            f"/api/cameras/{camera['camera_id']}/snapshot",
            content=jpeg,
            headers={"X-Worker-Key": camera["key"], "Content-Type": "image/jpeg"},
        )
        assert stored.status_code == 200, stored.text
    url = admin.get(f"/api/admin/cameras/{camera['camera_id']}/snapshot").json()["url"]
    assert url.startswith(f"{server.admin_url}/snapshots/")
    path, query = urlsplit(url).path, urlsplit(url).query
    with server.client(host="admin.localhost") as browser:
        shown = browser.get(f"{path}?{query}")
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
        picture = cv2.imdecode(np.frombuffer(shown.content, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        assert picture.shape == (120, 160, 3)
        for refused in (path, f"{path}?{query[:-1]}{'0' if query[-1] != '0' else '1'}", f"{path}?{query}&expires=1"):
            assert browser.get(refused).status_code == 404


def test_the_worker_runs_every_scheduled_function(server: OneServer) -> None:
    url = f"http://127.0.0.1:{server.services.ports[8004]}/healthz"
    deadline = time.monotonic() + 120
    results = httpx.get(url).json()
    while any(one["runs"] == 0 for one in results.values()):
        assert time.monotonic() < deadline, results
        time.sleep(0.5)
        results = httpx.get(url).json()
    assert {name: one["last_result"] for name, one in results.items()} == dict.fromkeys(
        ("maintenance", "days", "incidents", "reports", "notifications"), "ok"
    ), server.services.logs()["worker"]


def test_every_service_is_healthy_and_has_the_user_of_the_file(server: OneServer) -> None:
    for name in SERVICES:
        assert server.services.check(name).returncode == 0, name
        if os.getuid() == 0:
            user = int(server.services.service(name)["user"].partition(":")[0])
            assert user != 0
            assert psutil.Process(server.services.pid(name)).uids().real == user, name


def test_each_function_has_its_own_login_and_no_statement_is_prepared_for_the_session(server: OneServer) -> None:
    logins = select(server.database_url, "SELECT rolname FROM pg_roles WHERE rolname LIKE 'metrica%server' ORDER BY 1")
    assert [name for (name,) in logins] == [
        f"metrica_{name}_server"
        for name in ("admin", "api", "days", "incidents", "ingest", "maintenance", "notifications", "reports")
    ]
    assert server.recorded.parsed > 50
    assert server.recorded.named == []


def test_a_named_statement_would_be_recorded(server: OneServer) -> None:
    before = len(server.recorded.named)
    with psycopg.connect(
        f"postgresql://postgres@{server.recorded.address}/postgres?sslmode=disable", prepare_threshold=0
    ) as connection:
        connection.execute("SELECT %s::int", [1])
    assert len(server.recorded.named) == before + 1
    server.recorded.named.clear()


def test_no_log_has_a_key_a_token_a_password_or_an_address(
    server: OneServer, admin: httpx.Client, camera: dict[str, Any], worker_log: str
) -> None:
    link = post(admin, f"/api/stores/{camera['store_id']}/wall-links", {"name": "Screen"})
    token = link["token"]
    with server.client() as client:
        assert client.get(f"/api/stores/{camera['store_id']}/wall/{token}").status_code == 200
        client.get("/api/stores", headers={"Authorization": "Bearer not.a.token"})
        client.post("/api/events", json={"events": []}, headers={"X-Worker-Key": f"{camera['key'][:-1]}x"})
    keys = Keys(SECRET)
    secrets = {
        "METRICA_SECRET": SECRET,
        "worker key": camera["key"],
        "wall link": token,
        "password": PASSWORD,
        "access token": "eyJhbGciOi",
        "address": ADA,
        "notification key": keys.notification_key,
        "snapshot key": keys.snapshot_key,
        **{f"password of {function.name}": keys.password(function.name) for function in FUNCTIONS},
    }
    logs = server.services.logs() | {"edge worker": worker_log}
    assert all(logs.values()), "an empty log shows nothing"
    assert {"api", "ingest", "admin", "worker", "web", "pgbouncer"} <= logs.keys()
    logs.pop("tools")
    assert find_secrets(logs, secrets) == []


def test_a_person_is_erased_with_the_command_of_the_page(server: OneServer, admin: httpx.Client) -> None:
    bea = "bea@example.org"
    server.sign_up(bea, PASSWORD)
    token = server.sign_in(bea, PASSWORD)
    with server.client(token) as client:
        assert client.get("/api/admin/stores").status_code == 200
    command = page_command(
        "docs/privacy.md", "docker compose run --rm tools erase person --email ada@example.org --execute"
    )
    service, *words = command[command.index("--rm") + 1 :]
    printed = server.services.run(service, *(bea if word == "ada@example.org" else word for word in words))
    assert "accounts of the sign-in service" in printed
    assert select(server.database_url, f"SELECT FROM users WHERE email = '{bea}'") == []
    with pytest.raises(httpx.HTTPStatusError):
        server.sign_in(bea, PASSWORD)


def test_migrations_run_again_while_everything_runs(server: OneServer) -> None:
    assert "is at revision" in server.services.run("setup") + server.services.run("migrate")
    with server.client() as client:
        assert client.get("/api/healthz").json()["database"] == "ok"


def test_a_restarted_pooler_costs_no_failed_request(server: OneServer, camera: dict[str, Any]) -> None:
    server.services.stop("pgbouncer")
    server.services.start("pgbouncer")
    headers = {"X-Worker-Key": camera["key"]}
    with server.client() as client:
        assert client.get(f"/api/cameras/{camera['camera_id']}/config", headers=headers).status_code == 200
        assert client.get("/api/healthz").json()["database"] == "ok"
