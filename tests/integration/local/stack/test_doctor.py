"""`metrica doctor` on the whole stack: as it is, and with each thing wrong that can be wrong from outside."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from db.timescale.embedded.launcher import running
from edge_worker.doctor.result import CheckResult, Verdict
from local import cli
from local.doctor.api_checks import check_api, check_tls
from local.doctor.auth_checks import check_auth
from local.doctor.database_checks import check_database
from local.doctor.deployment import Deployment
from local.doctor.page_checks import check_pages
from local.stack.stack import Stack
from tests.integration.local.serving import served
from tests.tls import CertificateAuthority


@pytest.fixture
def deployment(stack: Stack) -> Deployment:
    urls = stack.urls
    return Deployment(None, urls.api, urls.auth, urls.dashboard, (urls.dashboard, urls.admin), urls.database)


def failed(results: Iterator[CheckResult]) -> dict[str, str]:
    """What failed, by the names of the checks. Each has a hint."""
    found = [one for one in results if one.verdict is Verdict.FAIL]
    assert all(one.hint for one in found)
    return {one.name: one.found for one in found}


@pytest.fixture
def https() -> Iterator[Callable[[Path], str]]:
    """Serve TLS with a certificate on a free port, and return the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(certificate: Path) -> str:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)

            def shake_hands() -> None:
                with suppress(OSError):  # the client refuses the certificate, or the listener is closed
                    connection, _ = listener.accept()
                    with context.wrap_socket(connection, server_side=True):
                        pass

            threading.Thread(target=shake_hands, daemon=True).start()
            return f"https://localhost:{listener.getsockname()[1]}"

        yield serve


def test_a_deployment_that_is_right(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = stack.urls
    for name, value in {
        "API_URL": urls.api,
        "SUPABASE_URL": urls.auth,
        "DASHBOARD_URL": urls.dashboard,
        "CORS_ORIGINS": f"{urls.dashboard},{urls.admin}",
        "DATABASE_URL": urls.database,
    }.items():
        monkeypatch.setenv(name, value)
    code = cli.main(["doctor"])
    printed = capsys.readouterr().out
    assert code == 0, printed
    passed = [line.split("  ")[2] for line in printed.splitlines() if line.startswith("ok")]
    assert {"API", "owner API", "ingest", "CORS", "config.json", "page routes", "signing key", "migrations"} <= set(
        passed
    )


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [("API_URL", "", "API_URL must be"), ("SUPABASE_URL", "abc.supabase.co", "it is abc.supabase.co")],
)
def test_an_address_that_is_none(
    variable: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("API_URL", "SUPABASE_URL", "DASHBOARD_URL"):
        monkeypatch.setenv(name, "https://example.com")
    monkeypatch.setenv(variable, value)
    assert cli.main(["doctor"]) == 1
    assert message in capsys.readouterr().err


def test_an_api_that_is_not_there(deployment: Deployment) -> None:
    assert failed(check_api(replace(deployment, api_url="http://127.0.0.1:9"))).keys() == {"API"}


def test_an_address_that_is_another_service(deployment: Deployment) -> None:
    found = failed(check_api(replace(deployment, api_url=deployment.dashboard_url)))
    assert {"API headers", "owner API", "ingest", "CORS"} <= found.keys()


def test_an_origin_that_the_api_does_not_know(deployment: Deployment) -> None:
    found = failed(check_api(replace(deployment, origins=("https://app.example.com",))))
    assert found == {"CORS": "https://app.example.com: the preflight request is refused"}


def test_pages_of_another_api(deployment: Deployment) -> None:
    found = failed(check_pages(replace(deployment, api_url="https://api.example.com")))
    assert found.keys() == {"pages headers", "config.json"}
    assert "apiUrl" in found["config.json"]


def test_a_host_that_answers_the_page_for_everything(deployment: Deployment) -> None:
    async def page(_: object) -> Response:
        policy = f"default-src 'self'; connect-src {deployment.api_url} {deployment.auth_url}"
        return HTMLResponse("<html></html>", headers={"Content-Security-Policy": policy})

    with served(lambda _: Starlette(routes=[Route("/{path:path}", page)])) as url:
        found = failed(check_pages(replace(deployment, dashboard_url=url, origins=(url,))))
    assert found["page routes"] == "a missing file below /assets is answered with the page"
    assert "supabaseAnonKey" in found["config.json"]


@pytest.mark.parametrize("is_behind", [True, False])
def test_an_api_behind_the_pages_is_not_named_by_their_policy(deployment: Deployment, *, is_behind: bool) -> None:
    def site(url: str) -> Starlette:
        async def page(_: object) -> Response:
            policy = f"default-src 'self'; connect-src 'self' {deployment.auth_url}"
            return HTMLResponse("<html></html>", headers={"Content-Security-Policy": policy})

        async def config(_: object) -> Response:
            api_url = f"{url}/api" if is_behind else deployment.api_url
            return JSONResponse({"apiUrl": api_url, "supabaseUrl": deployment.auth_url, "supabaseAnonKey": "key"})

        return Starlette(routes=[Route("/config.json", config), Route("/{path:path}", page)])

    with served(site) as url:
        found = failed(check_pages(replace(deployment, dashboard_url=url, origins=(url,))))
    assert found.keys() == {"page routes"} | (set() if is_behind else {"pages headers"})


def test_a_project_with_its_first_settings(deployment: Deployment) -> None:
    async def keys(_: object) -> Response:
        return JSONResponse({"keys": []})

    async def settings(_: object) -> Response:
        return JSONResponse(
            {"disable_signup": False, "mailer_autoconfirm": True, "external": {"anonymous_users": True}}
        )

    routes = [Route("/auth/v1/.well-known/jwks.json", keys), Route("/auth/v1/settings", settings)]
    with served(lambda _: Starlette(routes=routes)) as url:
        found = failed(check_auth(replace(deployment, auth_url=url)))
    assert found.keys() == {"signing key", "sign-ups", "confirm email", "anonymous sign-ins"}


def test_a_database_without_the_migrations(tmp_path: Path) -> None:
    with running(tmp_path / "db", jobs_every_s=0) as server:
        assert failed(check_database(server.url)).keys() == {"migrations"}


def test_a_database_that_is_not_there() -> None:
    assert failed(check_database("postgresql://metrica@127.0.0.1:9/metrica")).keys() == {"database"}


@pytest.mark.parametrize("is_trusted", [True, False])
def test_certificates(
    is_trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, https: Callable[[Path], str]
) -> None:
    authority = CertificateAuthority(tmp_path, "authority")
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_path))
    result = check_tls("TLS", https(authority.issue("localhost")))
    if is_trusted:
        assert result.verdict is Verdict.WARN
        assert result.found == "the certificate of localhost expires in 0 days"
    else:
        assert result.verdict is Verdict.FAIL
        assert "certificate verify failed" in result.found


def test_an_address_without_encryption() -> None:
    assert check_tls("TLS", "http://api.example.com").verdict is Verdict.FAIL
    assert check_tls("TLS", "http://127.0.0.1:8000").verdict is Verdict.SKIP


def test_the_settings_of_the_local_auth_are_those_of_the_checklist(stack: Stack) -> None:
    answer = httpx.get(f"{stack.urls.auth}/auth/v1/settings", headers={"apikey": stack.keys.anon_key})
    assert answer.json()["disable_signup"] is True
