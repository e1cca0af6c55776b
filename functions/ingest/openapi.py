"""The OpenAPI document of the ingest Lambda, written by hand: the Lambda itself carries no framework that could.

`python -m functions.ingest.openapi` prints it. A test sends generated requests and holds every answer against it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from functions.common.limits import MAX_EVENTS_PER_BATCH, MAX_MINUTES_PER_HEARTBEAT

from .batch import FUTURE_TIMESTAMP, LARGEST_TRACKER_ID, MALFORMED, TOO_OLD, UNKNOWN_CAMERA
from .heartbeat import FASTEST_FPS, LARGEST_BIGINT, LARGEST_INT, LONGEST_TEXT

Schema = dict[str, Any]

_UUID: Schema = {"type": "string", "format": "uuid"}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_ETAG: Schema = {"type": "string", "pattern": '^"[0-9a-f]{24}"$'}


def _object(properties: Schema, *, optional: tuple[str, ...] = (), closed: bool = False) -> Schema:
    made: Schema = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }
    if closed:
        made["additionalProperties"] = False
    return made


def _count(largest: int) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": largest}


def _nullable(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


_TEXT = _nullable({"type": "string", "maxLength": LONGEST_TEXT})

SCHEMAS: Schema = {
    "Event": _object(
        {
            "event_id": _UUID,
            "store_id": _UUID,
            "camera_id": _UUID,
            "direction": {"enum": ["IN", "OUT"]},
            "ts": _MOMENT,
            "tracker_id": _nullable({"type": "integer", "minimum": -LARGEST_TRACKER_ID, "maximum": LARGEST_TRACKER_ID}),
        },
        optional=("tracker_id",),
    ),
    "Batch": _object(
        {
            "events": {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_EVENTS_PER_BATCH,
                "items": {"$ref": "#/components/schemas/Event"},
            }
        }
    ),
    "BatchResult": _object(
        {
            "inserted": _count(MAX_EVENTS_PER_BATCH),
            "duplicates": _count(MAX_EVENTS_PER_BATCH),
            "rejected": {
                "type": "array",
                "items": _object(
                    {
                        "index": _count(MAX_EVENTS_PER_BATCH - 1),
                        "event_id": {"type": ["string", "null"]},
                        "reason": {"enum": [MALFORMED, UNKNOWN_CAMERA, FUTURE_TIMESTAMP, TOO_OLD]},
                    },
                    closed=True,
                ),
            },
        },
        closed=True,
    ),
    "Minute": _object(
        {
            "minute": _MOMENT,
            "frames": _count(LARGEST_INT),
            "dropped": _count(LARGEST_INT),
            "fps": {"type": "number", "minimum": 0, "maximum": FASTEST_FPS},
            "reconnects": _count(LARGEST_INT),
        }
    ),
    "Heartbeat": _object(
        {
            "sent_at": _MOMENT,
            "worker_version": _TEXT,
            "model": _TEXT,
            "backlog": _count(LARGEST_INT),
            "oldest_unsent_s": _nullable({"type": "number", "minimum": 0, "maximum": 1e9}),
            "totals": _object({"in": _count(LARGEST_BIGINT), "out": _count(LARGEST_BIGINT)}),
            "minutes": {
                "type": "array",
                "maxItems": MAX_MINUTES_PER_HEARTBEAT,
                "items": {"$ref": "#/components/schemas/Minute"},
            },
        },
        optional=("worker_version", "model", "oldest_unsent_s", "minutes"),
    ),
    "HeartbeatResult": _object(
        {
            "config_etag": _ETAG,
            "snapshot_requested": {"type": "boolean"},
            "server_time": _MOMENT,
            "rejected": {
                "type": "array",
                "description": "Minutes that were not stored.",
                "items": _object(
                    {
                        "index": _count(MAX_MINUTES_PER_HEARTBEAT - 1),
                        "reason": {"enum": [MALFORMED, FUTURE_TIMESTAMP, TOO_OLD]},
                    },
                    closed=True,
                ),
            },
        },
        closed=True,
    ),
    "CameraConfig": _object(
        {
            "camera_id": _UUID,
            "store_id": _UUID,
            "name": {"type": "string"},
            "is_counting_line": {"type": "boolean"},
            "line": {
                "type": ["array", "null"],
                "items": {"type": "number", "minimum": 0, "maximum": 1},
                "minItems": 4,
                "maxItems": 4,
            },
            "anchor": {"enum": ["center", "foot"]},
            "sample_fps": {"type": "number", "exclusiveMinimum": 0},
            "snapshot_interval_s": {"type": "integer", "minimum": 1},
        },
        closed=True,
    ),
    "SnapshotStored": _object(
        {
            "snapshot_at": _MOMENT,
            "width": {"type": "integer", "minimum": 1},
            "height": {"type": "integer", "minimum": 1},
        },
        closed=True,
    ),
    "ProblemDetails": _object(
        {
            "type": {"type": "string", "description": "Stable: switch on it."},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": _object(
                    {
                        "loc": {"type": "array", "items": {"type": ["string", "integer"]}},
                        "type": {"type": "string"},
                        "message": {"type": "string"},
                    }
                ),
            },
        },
        optional=("errors",),
    ),
}

_PROBLEMS = {
    "400": "The body cannot be read.",
    "401": "The worker key is missing, unknown or revoked.",
    "404": "The store of the key has no such camera.",
    "405": "This address does not take that method.",
    "413": "The body, or what it holds, is larger than may be.",
    "415": "The content is not of the kind that is taken here.",
    "422": "The body is JSON, and not the object that is expected.",
    "429": "Too many requests; see Retry-After.",
    "500": "Something went wrong on our side.",
    "503": "Not available right now; see Retry-After.",
}


def _answers(schema: str | None, *problems: str) -> Schema:
    made: Schema = {}
    if schema is not None:
        made["200"] = {"description": "Done.", "content": _json(schema)}
    for status in problems:
        made[status] = {
            "description": _PROBLEMS[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
        if status in {"429", "503"}:
            made[status]["headers"] = {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    return made


def _json(schema: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _camera(operation: Schema) -> Schema:
    path = {"name": "camera_id", "in": "path", "required": True, "schema": _UUID}
    return {**operation, "parameters": [path, *operation.get("parameters", [])]}


def document() -> Schema:
    """The document, as a JSON-able value."""
    every = ("400", "401", "405", "429", "500", "503")
    post_events = {
        "operationId": "post_events",
        "summary": "Hand over crossings",
        "description": "One bad event never blocks the others. Sending a batch again changes nothing. May be gzip.",
        "requestBody": {"required": True, "content": _json("Batch")},
        "responses": _answers("BatchResult", *every, "413", "415", "422"),
    }
    post_heartbeat = {
        "operationId": "post_heartbeat",
        "summary": "Say how the camera's box is",
        "requestBody": {"required": True, "content": _json("Heartbeat")},
        "responses": _answers("HeartbeatResult", *every, "404", "413", "415", "422"),
    }
    put_snapshot = {
        "operationId": "put_snapshot",
        "summary": "Store what the camera sees, people blurred",
        "requestBody": {
            "required": True,
            "content": {"image/jpeg": {"schema": {"type": "string", "contentMediaType": "image/jpeg"}}},
        },
        "responses": _answers("SnapshotStored", *every, "404", "413", "415"),
    }
    get_config = {
        "operationId": "get_config",
        "summary": "What the admin has set for the camera",
        "parameters": [{"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}],
        "responses": {**_answers("CameraConfig", *every, "404"), "304": {"description": "It has not changed."}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Metrica ingest", "version": "1", "description": "For edge boxes in stores."},
        "security": [{"worker": []}],
        "paths": {
            "/events": {"post": post_events},
            "/cameras/{camera_id}/heartbeat": {"post": _camera(post_heartbeat)},
            "/cameras/{camera_id}/snapshot": {"put": _camera(put_snapshot)},
            "/cameras/{camera_id}/config": {"get": _camera(get_config)},
        },
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"worker": {"type": "apiKey", "in": "header", "name": "X-Worker-Key"}},
        },
    }


if __name__ == "__main__":
    json.dump(document(), sys.stdout, indent=2)
    sys.stdout.write("\n")
