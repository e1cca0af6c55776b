"""Checks of the hosted pages: reachable, configured for this API, with their headers and the right fallback."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

from edge_worker.doctor.result import CheckResult, fail, ok
from local.doctor.api_checks import check_tls
from local.doctor.deployment import Deployment
from local.doctor.requests import Unreachable, json_object, send

MISSING_ASSET = "/assets/there-is-no-such-file.js"
ROUTE_OF_THE_PAGE = "/stores/00000000-0000-4000-8000-000000000000"


def check_pages(deployment: Deployment) -> Iterator[CheckResult]:
    """Yield the results of the pages of each origin; of the dashboard first."""
    for origin in dict.fromkeys((deployment.dashboard_url, *deployment.origins)):
        yield from _check_site(origin, deployment)


def _check_site(url: str, deployment: Deployment) -> Iterator[CheckResult]:
    page = send("GET", f"{url}/")
    if isinstance(page, Unreachable) or page.status_code != httpx.codes.OK or not _is_page(page):
        found = page.reason if isinstance(page, Unreachable) else f"{url} answers {page.status_code}, no page"
        yield fail("pages", found, "upload the built pages, and check DNS and the certificate")
        return
    yield ok("pages", f"{url} has a page")
    yield check_tls("pages TLS", url)
    policy = page.headers.get("content-security-policy", "")
    configuration = _read_configuration(url)
    behind_pages = _behind_pages(url)
    others = [
        address
        for name, address in (("apiUrl", deployment.api_url), ("supabaseUrl", deployment.auth_url))
        if configuration.get(name) != behind_pages[name]
    ]
    if not policy or any(_origin(address) not in policy for address in others):
        yield fail(
            "pages headers",
            "the Content-Security-Policy is missing, or does not name the API and the Supabase project",
            "browsers then refuse their answers: set the headers of the pages for these addresses",
        )
    else:
        yield ok("pages headers", "the Content-Security-Policy names the API and the Supabase project")
    yield _check_configuration(url, configuration, deployment)
    yield _fallback(url)


def _read_configuration(url: str) -> dict[str, str]:
    answer = send("GET", f"{url}/config.json")
    found = {} if isinstance(answer, Unreachable) else json_object(answer)
    return {name: str(value).rstrip("/") for name, value in found.items()}


def _check_configuration(url: str, found: dict[str, str], deployment: Deployment) -> CheckResult:
    expected = {"apiUrl": deployment.api_url, "supabaseUrl": deployment.auth_url}
    wrong = [name for name, address in expected.items() if found.get(name) not in (address, _behind_pages(url)[name])]
    if wrong or not found.get("supabaseAnonKey"):
        names = ", ".join([*wrong, *([] if found.get("supabaseAnonKey") else ["supabaseAnonKey"])])
        return fail("config.json", f"{url}/config.json: wrong or missing: {names}", "write config.json again")
    return ok("config.json", f"{url}/config.json names this API and this project")


def _fallback(url: str) -> CheckResult:
    route, asset = send("GET", url + ROUTE_OF_THE_PAGE), send("GET", url + MISSING_ASSET)
    if isinstance(route, Unreachable) or route.status_code != httpx.codes.OK or not _is_page(route):
        return fail("page routes", "a reload of a page deeper in the app fails", "answer index.html for every route")
    if isinstance(asset, Unreachable) or asset.status_code < httpx.codes.BAD_REQUEST or _is_page(asset):
        return fail(
            "page routes",
            "a missing file below /assets is answered with the page",
            "answer 404 there: after an update, browsers would take the page for a script",
        )
    return ok("page routes", "routes lead to the page, missing files do not")


def _behind_pages(url: str) -> dict[str, str]:
    """Return the addresses of the API and the auth server where the host of the pages passes requests on to them."""
    return {"apiUrl": f"{url}/api", "supabaseUrl": url}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_page(answer: httpx.Response) -> bool:
    return str(answer.headers.get("content-type", "")).startswith("text/html")
