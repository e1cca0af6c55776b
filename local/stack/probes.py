"""Ways to tell that a part serves."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

from local.stack.part import NotReady, Probe

_PATIENCE_S = 5.0


def http_ok(url: str, *, patience_s: float = _PATIENCE_S) -> Probe:
    """Serves when GET answers 2xx. `patience_s` is for one question; a Lambda's first answer takes a while."""
    parts = urlsplit(url)

    def probe() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=patience_s)
        try:
            connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
            answer = connection.getresponse()
            body = answer.read(200).decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise NotReady(f"GET {url}: {error}") from error
        finally:
            connection.close()
        if not 200 <= answer.status < 300:
            raise NotReady(f"GET {url} answers {answer.status} {body}".strip())

    return probe


def postgres(url: str) -> Probe:
    """Serves when `select 1` does."""
    import psycopg

    def probe() -> None:
        try:
            with psycopg.connect(url, connect_timeout=int(_PATIENCE_S), prepare_threshold=None) as connection:
                connection.execute("select 1")
        except psycopg.Error as error:
            raise NotReady(f"select 1: {' '.join(str(error).split())}") from error

    return probe
