"""The status of a run at one moment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from edge_worker.camera_status import CameraStatus
from edge_worker.clock import TrustedClock, format_utc, system_utc
from edge_worker.counters import RunCounters, is_fragmented
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, Backlog, StorageStatus
from edge_worker.redaction import redact
from edge_worker.remote_config.effective_config import EffectiveConfig
from edge_worker.running.options import RunOptions
from edge_worker.uplink.delivery import DeliveryStatus


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """Everything that a status reports.

    Attributes:
        started_at: When the worker started, RFC 3339 UTC.
        counters: The counters of the run.
        camera: The measurements of the camera.
        storage: Whether the disk works.
        backlog: What waits for delivery.
        delivery: What has been delivered, and the state of the connection.
        config: The settings that apply.
        source_problem: Why the source cannot be opened; None when it is open.
        is_stuck: Whether the counting thread hangs.
    """

    options: RunOptions
    started_at: str
    counters: RunCounters
    camera: CameraStatus
    storage: StorageStatus
    backlog: Backlog
    delivery: DeliveryStatus
    config: EffectiveConfig
    clock: TrustedClock
    source_problem: str | None
    is_stuck: bool

    def to_json(self) -> dict[str, Any]:
        """Return the status as a JSON object without passwords. Every field is always present."""
        counters, storage, backlog, delivery = self.counters, self.storage, self.backlog, self.delivery
        model, _, backend = counters.model.partition("/")
        age_s, last_crossing_at = counters.frame_age_s, counters.last_crossing_at
        line_version = self.config.line_version
        return {
            "state": counters.state.value,
            "pid": os.getpid(),
            "camera_id": self.options.camera_id,
            "source": redact(self.options.source),
            "frames": counters.frames,
            "skipped": counters.skipped,
            "damaged": counters.damaged,
            "damaged_share": round(self.camera.damage.share, 4) if self.camera.damage else None,
            "dropped": counters.dropped,
            "reconnects": counters.reconnects,
            "fps": counters.fps,
            "media_s": round(counters.media_s, 3),
            "loops": counters.loops,
            "frame_age_s": None if age_s is None else round(age_s, 1),
            "in": counters.ins,
            "out": counters.outs,
            "crossings": counters.crossings,
            "sent": delivery.sent,
            "inserted": delivery.inserted,
            "duplicates": delivery.duplicates,
            "backlog": backlog.events,
            "dead": backlog.dead,
            "set_aside": delivery.set_aside,
            "unstored": storage.unstored,
            "lost": storage.lost,
            "last_crossing_at": format_utc(last_crossing_at) if last_crossing_at else None,
            "line": list(self.config.line.points),
            "line_from": self.config.line_source.value,
            "line_version": None if line_version == UNKNOWN_LINE_VERSION else line_version,
            "anchor": self.config.anchor.value,
            "min_stay_s": self.config.policy.min_stay_s,
            "ignore_children": self.config.policy.ignore_children,
            "model": model,
            "backend": backend,
            "device": self.camera.device,
            "picture": self.camera.picture.value if self.camera.picture else None,
            "picture_problem": self.camera.picture_problem,
            "view": self.camera.view.value if self.camera.view else None,
            "region": list(self.camera.region) if self.camera.region else None,
            "view_setting": self.options.view.value,
            "transport": self.camera.transport,
            "decoder": self.camera.decoder,
            "fps_wanted": self.camera.fps_wanted,
            "fps_reached": self.camera.fps_reached,
            "decode_ms": self.camera.decode_ms,
            "inference_ms": self.camera.inference_ms,
            "person_height": self.camera.person_height,
            "walking_speed": self.camera.walking_speed,
            "walking_height": self.camera.walking_height,
            "uplink": delivery.link.value,
            "problem": redact(storage.problem or self.source_problem or delivery.problem or "") or None,
            "clock_ahead_s": self.clock.offset_s(),
            "clock_wrong": self.clock.is_wrong(),
            "stuck": self.is_stuck,
            "tracks_break_up": is_fragmented(counters.track_fragmentation),
            "started_at": self.started_at,
            "updated_at": format_utc(system_utc()),
        }
