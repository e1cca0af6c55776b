"""The server of the built pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from local.spa.app import SpaConfig, create_app
from tests.integration.local.serving import served
from tests.page_paths import FILES, PAGES

CONFIG = SpaConfig(
    api_url="http://127.0.0.1:8400",
    supabase_url="http://127.0.0.1:8401",
    supabase_anon_key="sb_publishable_x",
    images_url="http://127.0.0.1:8402",
)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a server with a small build."""
    (tmp_path / "secret.txt").write_text("not for the browser")
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Metrica</title>")
    (dist / "assets" / "index-3f2a.js").write_text("export default 1;" * 200)
    with served(lambda _: create_app(dist, CONFIG)) as url, httpx.Client(base_url=url) as client:
        yield client


def test_the_runtime_config_is_never_cached(pages: httpx.Client) -> None:
    answer = pages.get("/config.json")
    assert answer.json() == {
        "apiUrl": "http://127.0.0.1:8400",
        "supabaseUrl": "http://127.0.0.1:8401",
        "supabaseAnonKey": "sb_publishable_x",
        "environment": "development",
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [*PAGES, "/stores/1/live?period=day"])
def test_every_path_of_the_application_returns_its_page_uncached(pages: httpx.Client, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 200
    assert "<title>Metrica</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


def test_files_with_a_hash_in_their_name_are_cached_and_compressed(pages: httpx.Client) -> None:
    answer = pages.get("/assets/index-3f2a.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path", sorted({*FILES, "/assets/index-0000.js"} - {"/index.html", "/config.json", "/assets/index-3f2a.js"})
)
def test_a_file_that_is_missing_is_not_answered_with_the_page(pages: httpx.Client, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 404
    assert "<title>" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/%2e%2e/../secret.txt", "/..%2fsecret.txt", "//secret.txt"],
)
def test_nothing_outside_the_build_is_served(pages: httpx.Client, path: str) -> None:
    # httpx would normalise the path.
    connection = HTTPConnection(pages.base_url.host, pages.base_url.port)
    connection.request("GET", path)
    assert b"not for the browser" not in connection.getresponse().read()
    connection.close()


@pytest.mark.parametrize("path", ["/", "/config.json", "/assets/index-3f2a.js", "/assets/missing.js"])
def test_every_response_has_the_security_headers(pages: httpx.Client, path: str) -> None:
    headers = pages.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "camera=()" in headers["permissions-policy"]
    assert "content-security-policy" in headers


def test_the_policy_allows_own_scripts_and_services_only(pages: httpx.Client) -> None:
    policy = dict(part.split(" ", 1) for part in pages.get("/").headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self' http://127.0.0.1:8400 http://127.0.0.1:8401"
    assert policy["img-src"] == "'self' data: blob: http://127.0.0.1:8402"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert not re.search(r"unsafe|\*", " ".join(policy.values()))


def test_other_methods_are_refused(pages: httpx.Client) -> None:
    assert pages.post("/").status_code == 405
