"""What people have set up in the stores of the pictures, written by their requests to the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import cv2
import httpx

from local.clip.scene import doorway
from screenshots.showcase import ADMIN, Showcase
from screenshots.stores import State

_CLOSED_INCIDENTS: Final = """
INSERT INTO incidents
  (type, store_id, camera_id, object_id, detail, remedy, started_at, found_at, opened_at, ended_at, closed_at)
SELECT type, %(store)s, %(camera)s, %(camera)s::uuid::text, detail, remedy, at, at, at, at + lasted, at + lasted
FROM (VALUES
  ('camera_offline', 'The edge box of this camera sends nothing. Crossings that it counts meanwhile arrive later.',
   'Check its power and its network. Run metrica-edge doctor on the edge box for the cause.',
   %(now)s - interval '9 days 5 hours', interval '2 hours 10 minutes'),
  ('picture_moved', 'The picture is shifted against the one that the line was drawn on.',
   'Turn the camera back, or request a snapshot and draw the line again.',
   %(now)s - interval '23 days 7 hours', interval '55 minutes')
) AS past (type, detail, remedy, at, lasted)
"""


def write_owner_settings(showcase: Showcase) -> str:
    """Write the calendar, notifications, reports and a wall link of the working store.

    Returns:
        The path of the wall view, with its token.
    """
    shown = showcase.store(State.FULL)
    store = shown.store
    today = datetime.now(ZoneInfo(store.timezone)).date()
    with showcase.sign_in(showcase.owners[State.FULL].email) as client:
        for days, body in (
            (-6, {"note": "Street festival"}),
            (2, {"opening_hours": [["10:00", "14:00"]], "note": "Stocktaking in the afternoon"}),
            (9, {"opening_hours": [], "note": "Painting the sales room"}),
        ):
            _sent(client.put(f"/stores/{store.id}/calendar/{today + timedelta(days=days)}", json=body))
        quiet = {"start": "22:00", "end": "07:00"}
        channel = {"kind": "mail", "scope": "store", "store_id": str(store.id), "quiet_hours": quiet}
        _sent(client.post("/me/notifications", json=channel))
        _sent(client.post("/me/reports", json={"store_id": str(store.id), "period": "week"}))
        link = _sent(client.post(f"/stores/{store.id}/wall-links", json={"name": "Entrance"}))
        token = str(link.json()["token"])
    return f"/stores/{store.id}/wall#token={token}"


def write_past_incidents(showcase: Showcase) -> None:
    """Write two incidents of the broken store that are over."""
    shown = showcase.store(State.DEGRADED)
    values = {"store": shown.store.id, "camera": shown.cameras[0].id, "now": datetime.now(UTC)}
    showcase.connection.execute(_CLOSED_INCIDENTS, values)


def write_admin_settings(showcase: Showcase) -> None:
    """Write the worker key, invitation, holidays, snapshot and count checks of the working store."""
    shown = showcase.store(State.FULL)
    store, camera = shown.store, shown.cameras[0]
    with showcase.sign_in(ADMIN) as client:
        _sent(client.patch(f"/admin/stores/{store.id}", json={"country": "GB", "region": "ENG"}))
        key = _sent(client.post(f"/admin/stores/{store.id}/worker-keys", json={"name": "edge box"})).json()["key"]
        _sent(client.post(f"/admin/stores/{store.id}/owners", json={"email": "sam@example.org"}))
        _upload_snapshot(showcase, camera.id, key)
        showcase.connection.execute(
            "UPDATE camera_lines SET valid_from = now() - interval '10 days' WHERE camera_id = %s", [camera.id]
        )
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        for hours, missed_in, missed_out in ((27, 0, 1), (3, 2, -1)):
            start = hour - timedelta(hours=hours)
            bounds = [start + n * timedelta(minutes=5) for n in range(13)]
            counts = [_counted(showcase, camera.id, one, other) for one, other in pairwise(bounds)]
            busiest = max(range(12), key=lambda part: min(counts[part]))
            manual = [(ins, outs) for ins, outs in counts]
            manual[busiest] = (counts[busiest][0] + missed_in, max(0, counts[busiest][1] + missed_out))
            check = {
                "window_start": start.isoformat(),
                "window_end": bounds[-1].isoformat(),
                "manual_in": sum(ins for ins, _ in manual),
                "manual_out": sum(outs for _, outs in manual),
                "parts": [
                    {"end": end.isoformat(), "manual_in": ins, "manual_out": outs}
                    for end, (ins, outs) in zip(bounds[1:], manual, strict=True)
                ],
            }
            _sent(client.post(f"/admin/cameras/{camera.id}/count-checks", json=check))


def _counted(showcase: Showcase, camera: UUID, start: datetime, end: datetime) -> tuple[int, int]:
    """Return the crossings in each direction that a camera counted in a window."""
    row = showcase.connection.execute(
        "SELECT count(*) FILTER (WHERE direction = 'IN'), count(*) FILTER (WHERE direction = 'OUT') FROM events "
        "WHERE camera_id = %s AND ts >= %s AND ts < %s",
        (camera, start, end),
    ).fetchone()
    return (0, 0) if row is None else (row[0], row[1])


def _upload_snapshot(showcase: Showcase, camera: UUID, key: str) -> None:
    _, jpeg = cv2.imencode(".jpg", doorway())
    address = f"{showcase.stack.urls.api}/cameras/{camera}/snapshot"
    headers = {"X-Worker-Key": key, "Content-Type": "image/jpeg"}
    _sent(httpx.put(address, headers=headers, content=jpeg.tobytes(), timeout=60))


def _sent(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise RuntimeError(f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:300]}")
    return answer
