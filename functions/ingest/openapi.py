"""Print the OpenAPI document of ingest: `python -m functions.ingest.openapi`.

Written by hand, since ingest has no framework. A test sends generated requests and validates every response with it.
"""

from __future__ import annotations

import json
import sys

from .openapi_schemas import SCHEMAS, UUID_SCHEMA, Schema

_INSTANCE_ID: Schema = {
    "name": "X-Instance-Id",
    "in": "header",
    "description": "The outbox of the edge worker. Without it, ingest cannot tell two workers on one camera apart.",
    "schema": UUID_SCHEMA,
}
_REQUEST_ID: Schema = {
    "name": "X-Request-Id",
    "in": "header",
    "description": "The id of the request in logs and SQL comments, a UUID in lower case; ingest replaces others. A "
    "worker sends the `event_id` of the oldest crossing of the batch.",
    "schema": {"type": "string"},
}
_PROBLEMS = {
    "400": "The body cannot be parsed.",
    "401": "The worker key is missing, unknown or revoked.",
    "404": "The store of the key has no such camera.",
    "405": "The path does not support the method.",
    "409": "Another edge worker, which is alive, counts the camera.",
    "413": "The body, or a list in it, is larger than allowed.",
    "415": "The content type or encoding is not supported.",
    "422": "The body is JSON or a JPEG, but not valid.",
    "429": "Too many requests; see Retry-After.",
    "500": "The server failed to handle the request.",
    "503": "Temporarily unavailable; see Retry-After.",
}


def _responses(schema: str | None, *problems: str) -> Schema:
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


def _with_camera_id(operation: Schema) -> Schema:
    path = {"name": "camera_id", "in": "path", "required": True, "schema": UUID_SCHEMA}
    return {**operation, "parameters": [path, *operation.get("parameters", [])]}


def document() -> Schema:
    """Return the document."""
    common = ("400", "401", "405", "429", "500", "503")
    post_events = {
        "operationId": "post_events",
        "summary": "Store crossings",
        "description": "An invalid event does not affect the others. Repeating a batch changes nothing. May be gzip.",
        "parameters": [_INSTANCE_ID, _REQUEST_ID],
        "requestBody": {"required": True, "content": _json("Batch")},
        "responses": _responses("BatchResult", *common, "409", "413", "415", "422"),
    }
    post_heartbeat = {
        "operationId": "post_heartbeat",
        "summary": "Report the state of a camera and its edge box",
        "parameters": [_INSTANCE_ID],
        "requestBody": {"required": True, "content": _json("Heartbeat")},
        "responses": _responses("HeartbeatResult", *common, "404", "409", "413", "415", "422"),
    }
    put_snapshot = {
        "operationId": "put_snapshot",
        "summary": "Store a snapshot, a picture without people",
        "requestBody": {
            "required": True,
            "content": {"image/jpeg": {"schema": {"type": "string", "contentMediaType": "image/jpeg"}}},
        },
        "responses": _responses("SnapshotStored", *common, "404", "413", "415", "422"),
    }
    get_config = {
        "operationId": "get_config",
        "summary": "Get the configuration of a camera",
        "parameters": [{"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}],
        "responses": {
            **_responses("CameraConfig", *common, "404"),
            "304": {"description": "Not changed since the ETag in If-None-Match."},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Metrica ingest", "version": "1", "description": "For edge boxes in stores."},
        "security": [{"worker": []}],
        "paths": {
            "/events": {"post": post_events},
            "/cameras/{camera_id}/heartbeat": {"post": _with_camera_id(post_heartbeat)},
            "/cameras/{camera_id}/snapshot": {"put": _with_camera_id(put_snapshot)},
            "/cameras/{camera_id}/config": {"get": _with_camera_id(get_config)},
        },
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"worker": {"type": "apiKey", "in": "header", "name": "X-Worker-Key"}},
        },
    }


if __name__ == "__main__":
    json.dump(document(), sys.stdout, indent=2)
    sys.stdout.write("\n")
