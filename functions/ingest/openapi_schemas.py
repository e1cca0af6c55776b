"""The JSON Schemas of the bodies of ingest: what edge workers send, and what they get."""

from __future__ import annotations

from typing import Any

from functions.common.cameras import Picture
from functions.common.limits import LONGEST_MIN_STAY_S, MAX_EVENTS_PER_BATCH, MAX_MINUTES_PER_HEARTBEAT, MAX_TRACK_ENDS

from .event_batch import FUTURE_TIMESTAMP, MALFORMED, MAX_TRACKER_ID, TOO_OLD, UNKNOWN_CAMERA
from .fields import MAX_INT, MAX_TEXT_LENGTH
from .heartbeat import MAX_BIGINT
from .measurements import MAX_DEVICE_LENGTH, MAX_FPS, MAX_FRAGMENTATION, MAX_MS, MAX_OFFSET_S

Schema = dict[str, Any]

UUID_SCHEMA: Schema = {"type": "string", "format": "uuid"}
_TIMESTAMP: Schema = {"type": "string", "format": "date-time"}
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


def _count(maximum: int) -> Schema:
    return {"type": "integer", "minimum": 0, "maximum": maximum}


def _nullable(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _measured(maximum: float, description: str, minimum: float = 0) -> Schema:
    return {"type": ["number", "null"], "minimum": minimum, "maximum": maximum, "description": description}


def _counted(description: str) -> Schema:
    return {**_nullable(_count(MAX_INT)), "description": description}


_TEXT = _nullable({"type": "string", "maxLength": MAX_TEXT_LENGTH})

# The optional members of `Heartbeat`. A value that is invalid, or that this version does not know, is ignored and named
# in the answer.
_OPTIONAL_MEMBERS: Schema = {
    "worker_version": _TEXT,
    "model": _TEXT,
    "oldest_unsent_s": _nullable({"type": "number", "minimum": 0, "maximum": 1e9}),
    "refused": _counted("Crossings that ingest has refused and the edge box still has."),
    "lost": _counted("Crossings that the edge box could not store."),
    "set_aside": _counted("Crossings that wait because ingest cannot read them."),
    "instance_id": {**_nullable(UUID_SCHEMA), "description": "As X-Instance-Id, which is used if both are present."},
    "run_id": {**_nullable(UUID_SCHEMA), "description": "The start of the edge worker: a new one for each start."},
    "picture": {
        "type": ["string", "null"],
        "enum": [*Picture, None],
        "description": "What the picture shows. Ingest ignores a value that it does not know.",
    },
    "track_fragmentation": _measured(MAX_FRAGMENTATION, "Tracks near the line per crossing; about 1 is normal."),
    "fps_wanted": _measured(MAX_FPS, "Frames per second that should be analysed."),
    "fps_reached": _measured(MAX_FPS, "Frames per second that were analysed in the last minute."),
    "decode_ms": _measured(MAX_MS, "Mean time to decode a frame in the last minute, milliseconds."),
    "inference_ms": _measured(MAX_MS, "Mean time of the detector per frame in the last minute, milliseconds."),
    "device": {
        **_nullable({"type": "string", "maxLength": MAX_DEVICE_LENGTH}),
        "description": "Engine and device of the detector.",
        "examples": ["openvino:cpu"],
    },
    "clock_offset_s": _measured(
        MAX_OFFSET_S, "Seconds by which the clock of the edge box is ahead of the server's.", -MAX_OFFSET_S
    ),
    "person_height": _measured(1, "Median height of people near the line, as a share of the picture's height."),
    "track_ends": {
        "type": ["array", "null"],
        "maxItems": MAX_TRACK_ENDS,
        "description": "[x, y] near the line where tracks ended since the last accepted heartbeat, in 0..1.",
        "items": {
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 1},
            "minItems": 2,
            "maxItems": 2,
        },
    },
}

SCHEMAS: Schema = {
    "Event": _object(
        {
            "event_id": UUID_SCHEMA,
            "store_id": UUID_SCHEMA,
            "camera_id": UUID_SCHEMA,
            "direction": {"enum": ["IN", "OUT"]},
            "ts": _TIMESTAMP,
            "tracker_id": _nullable({"type": "integer", "minimum": -MAX_TRACKER_ID, "maximum": MAX_TRACKER_ID}),
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
            "minute": _TIMESTAMP,
            "frames": _count(MAX_INT),
            "dropped": _count(MAX_INT),
            "fps": {"type": "number", "minimum": 0, "maximum": MAX_FPS},
            "reconnects": _count(MAX_INT),
            "line_version": {
                "type": ["integer", "null"],
                "minimum": 1,
                "maximum": MAX_INT,
                "description": "Version of the line at the end of the minute; null for a line of the command line.",
            },
        },
        optional=("line_version",),
    ),
    "Heartbeat": _object(
        {
            "sent_at": _TIMESTAMP,
            "backlog": _count(MAX_INT),
            **_OPTIONAL_MEMBERS,
            "totals": _object({"in": _count(MAX_BIGINT), "out": _count(MAX_BIGINT)}),
            "minutes": {
                "type": "array",
                "maxItems": MAX_MINUTES_PER_HEARTBEAT,
                "items": {"$ref": "#/components/schemas/Minute"},
            },
        },
        optional=(*_OPTIONAL_MEMBERS, "minutes"),
    ),
    "HeartbeatResult": _object(
        {
            "config_etag": _ETAG,
            "snapshot_requested": {"type": "boolean"},
            "server_time": _TIMESTAMP,
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
            "ignored": {
                "type": "array",
                "description": "Optional members that are invalid, or whose value this version does not know.",
                "items": {"enum": list(_OPTIONAL_MEMBERS)},
            },
        },
        closed=True,
    ),
    "CameraConfig": _object(
        {
            "camera_id": UUID_SCHEMA,
            "store_id": UUID_SCHEMA,
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
            "snapshot_interval_s": {
                "type": "integer",
                "minimum": 0,
                "description": "Seconds between snapshots; 0 for requested ones only.",
            },
            "line_version": {
                "type": "integer",
                "minimum": 1,
                "description": "Increases when the line or the anchor changes.",
            },
            "view_accepted_at": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "When this changes, the edge worker learns the view of the camera again.",
            },
            "min_stay_s": {
                "type": "number",
                "minimum": 0,
                "maximum": LONGEST_MIN_STAY_S,
                "description": "People who go in and out again within this many seconds are not counted. 0: as the "
                "edge worker has it, by default off.",
            },
            "ignore_children": {
                "type": "boolean",
                "description": "People far below the usual height at the line are not counted. False: as the edge "
                "worker has it, by default off.",
            },
        },
        closed=True,
    ),
    "SnapshotStored": _object(
        {
            "snapshot_at": _TIMESTAMP,
            "width": {"type": "integer", "minimum": 1},
            "height": {"type": "integer", "minimum": 1},
        },
        closed=True,
    ),
    "ProblemDetails": _object(
        {
            "type": {"type": "string", "description": "Stable slug."},
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
