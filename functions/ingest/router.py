"""Which endpoint answers a request: a table of methods and paths, `{name}` standing for one segment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from functions.common.problems import MethodNotAllowed, NotFound

from .gateway import Answer, Request

Endpoint = Callable[[Request], Answer]
Route = tuple[str, str]


class Router:
    """Matches the table given to it, in order.

    >>> router = Router({("GET", "/cameras/{camera_id}/config"): lambda request: Answer(200, request.parameters)})
    >>> router(Request("GET", "/cameras/7/config", {}, b"")).body
    {'camera_id': '7'}
    """

    def __init__(self, routes: Mapping[Route, Endpoint]) -> None:
        self._routes = [(method, path.strip("/").split("/"), endpoint) for (method, path), endpoint in routes.items()]

    def __call__(self, request: Request) -> Answer:
        """Raises NotFound, or MethodNotAllowed with the methods that there are."""
        segments = request.path.removeprefix("/").split("/")
        allowed = []
        for method, pattern, endpoint in self._routes:
            parameters = _matched(pattern, segments)
            if parameters is None:
                continue
            if method == request.method:
                return endpoint(replace(request, parameters=parameters))
            allowed.append(method)
        if allowed:
            raise MethodNotAllowed(headers={"Allow": ", ".join(sorted(allowed))})
        raise NotFound


def _matched(pattern: list[str], segments: list[str]) -> dict[str, str] | None:
    if len(pattern) != len(segments):
        return None
    parameters = {}
    for expected, segment in zip(pattern, segments, strict=True):
        if expected.startswith("{"):
            parameters[expected[1:-1]] = segment
        elif expected != segment:
            return None
    return parameters
