"""The ingest Lambda behind a real socket: what API Gateway does with a request, in its payload format 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from functions.ingest.handler import Handler
from server.lambda_gateway import LambdaGateway
from tests.integration.local.serving import served


@contextmanager
def over_http(handler: Handler) -> Iterator[str]:
    """Serve the Lambda on a free port for one block, and yield its URL. One request at a time, as a Lambda."""
    with served(lambda _: LambdaGateway([handler])) as url:
        yield url
