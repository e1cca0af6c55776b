"""The ingest Lambda behind a real socket: what API Gateway does with a request, in its payload format 2.0."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from functions.ingest.handler import Handler


class _Gateway(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    handler: Handler

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        answer = self.handler(
            {
                "version": "2.0",
                "requestContext": {"http": {"method": self.command, "path": self.path}},
                "rawPath": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": b64encode(body).decode(),
                "isBase64Encoded": True,
            },
            None,
        )
        content = answer["body"].encode()
        self.send_response(answer["statusCode"])
        for name, value in answer["headers"].items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = _pass_on  # noqa: N815 - the names that http.server wants

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def over_http(handler: Handler) -> Iterator[str]:
    """Serves the Lambda on a free port until the block is left; yields its URL. One request at a time, as a Lambda."""
    server = HTTPServer(("127.0.0.1", 0), type("Gateway", (_Gateway,), {"handler": staticmethod(handler)}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
