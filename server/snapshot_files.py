"""The snapshots of a folder, for links that the admin API has signed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from functions.common.http_headers import SECURITY_HEADERS
from functions.common.settings import Settings
from functions.common.snapshot_folder import SnapshotFolder, is_valid_link

HEADERS: Final = {**SECURITY_HEADERS, "Cache-Control": "private, no-store"}


def snapshot_route(settings: Settings) -> Route:
    """Return the route `/snapshots/…` of the admin process. Every refusal is the same 404.

    Raises:
        ValueError: SNAPSHOT_BUCKET names no folder.
    """
    folder = SnapshotFolder.of(settings.snapshot_bucket)
    if folder is None:
        raise ValueError("SNAPSHOT_BUCKET names no folder")

    async def get_snapshot(request: Request) -> Response:
        key = f"snapshots/{request.path_params['name']}"
        expires, signature = (request.query_params.get(name, "") for name in ("expires", "signature"))
        path = folder.path(key)
        if path is None or not is_valid_link(settings.snapshot_key, key, expires, signature, datetime.now(UTC)):
            raise HTTPException(404, headers=HEADERS)
        return FileResponse(path, media_type="image/jpeg", headers=HEADERS)

    return Route("/snapshots/{name:path}", get_snapshot, methods=["GET"])
