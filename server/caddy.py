"""The configuration of Caddy: TLS, the pages, and the way to the API and to the auth server.

One host has the dashboard, another one the admin pages, because both applications use the root of their host. Each has
the API under /api and the auth server under /auth/v1, so that no page calls another origin.
"""

from __future__ import annotations

import json

from server.installation import Installation
from server.keys import Keys
from server.page_paths import FILE_PATHS
from server.security_headers import STRICT_TRANSPORT_SECURITY, security_headers

INGEST_PATHS = (
    "/api/events",
    "/api/cameras/*/heartbeat",
    "/api/cameras/*/snapshot",
    "/api/cameras/*/config",
)
"""As the routes of `ingest` in serverless.yml; a test compares them."""
MAX_BODY = "10MB"
"""As API Gateway. Each function has lower limits."""


def caddyfile(installation: Installation) -> str:
    """Return the Caddyfile. Its paths are relative to the folder that it is in; `{$…}` are environment variables."""
    return f"""{{
	admin off
	skip_install_trust
	http_port {{$HTTP_PORT:8080}}
	https_port {{$HTTPS_PORT:8443}}
	servers {{
		protocols h1 h2
	}}
}}

(backend) {{
	request_body {{
		max_size {MAX_BODY}
	}}
{_auth_route(installation)}	@ingest path {" ".join(INGEST_PATHS)}
	handle @ingest {{
		uri strip_prefix /api
		reverse_proxy {installation.addresses.ingest}
	}}
	handle /api/admin/* {{
		uri strip_prefix /api
		reverse_proxy {installation.addresses.admin}
	}}
	handle_path /api/* {{
		reverse_proxy {installation.addresses.api}
	}}
	handle /snapshots/* {{
		reverse_proxy {installation.addresses.admin}
	}}
}}

(pages) {{
	handle /config.json {{
		root * {{$CONFIG_FOLDER:/etc/metrica}}/{{args.0}}
		header Cache-Control no-store
		import headers.caddy
		file_server
	}}
	handle /assets/* {{
		root * {{$PAGES_FOLDER:/srv}}/{{args.0}}
		import headers.caddy
		@found file
		header @found Cache-Control "public, max-age=31536000, immutable"
		encode gzip
		file_server
	}}
	@file path_regexp {FILE_PATHS}
	handle @file {{
		root * {{$PAGES_FOLDER:/srv}}/{{args.0}}
		import headers.caddy
		header Cache-Control no-cache
		encode gzip
		file_server
	}}
	handle {{
		root * {{$PAGES_FOLDER:/srv}}/{{args.0}}
		try_files {{path}} /index.html
		import headers.caddy
		header Cache-Control no-cache
		encode gzip
		file_server
	}}
}}

https://{installation.host} {{
	bind {{$LISTEN_HOST:0.0.0.0}}
{_tls(installation)}	import backend
	import pages dashboard
}}

https://{installation.admin_host} {{
	bind {{$LISTEN_HOST:0.0.0.0}}
{_tls(installation)}	import backend
	import pages admin
}}

http://:{{$INTERNAL_PORT:8081}} {{
	bind {{$LISTEN_HOST:0.0.0.0}}
	handle /healthz {{
		respond ok
	}}
	handle /mail/* {{
		root * {{$PAGES_FOLDER:/srv}}
		file_server
	}}
}}
"""


def headers_snippet(installation: Installation) -> str:
    """Return the directive `header` with the security headers of the pages."""
    hosted = [installation.hosted_auth.url] if installation.hosted_auth else []
    headers = security_headers(connect=hosted, images=[]) | {"Strict-Transport-Security": STRICT_TRANSPORT_SECURITY}
    lines = "".join(f'\t{name} "{value}"\n' for name, value in headers.items())
    return f"header {{\n{lines}\t-Server\n}}\n"


def pages_config(installation: Installation, keys: Keys, url: str) -> str:
    """Return `/config.json` of the pages at an address."""
    hosted = installation.hosted_auth
    return json.dumps(
        {
            "apiUrl": f"{url}/api",
            "supabaseUrl": hosted.url if hosted else url,
            "supabaseAnonKey": hosted.anon_key if hosted else keys.anon_key,
            "environment": "production",
        }
    )


def _tls(installation: Installation) -> str:
    return "\ttls internal\n" if installation.internal_tls else ""


def _auth_route(installation: Installation) -> str:
    if installation.hosted_auth is not None:
        return ""
    return f"""	handle_path /auth/v1/* {{
		reverse_proxy {installation.addresses.auth}
	}}
"""
