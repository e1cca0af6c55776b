"""The status of a run, as the status file, the supervisor and ``/healthz`` get it."""

from __future__ import annotations

import os
from typing import Any

from edge_worker.clock import TrustedClock, format_utc, system_utc
from edge_worker.heartbeat.canary import id_break_ratio, ids_break_up
from edge_worker.logs import redact
from edge_worker.outbox import Journal
from edge_worker.remote_config.effective_config import EffectiveConfig
from edge_worker.running.feed import RetryingFeed
from edge_worker.running.options import RunOptions
from edge_worker.running.tally import Tally
from edge_worker.uplink.delivery import Progress


class Summary:
    """Looks at everything that a run consists of; `read` is the status now."""

    def __init__(self, options: RunOptions, tally: Tally, journal: Journal, clock: TrustedClock) -> None:
        self._options = options
        self._tally = tally
        self._journal = journal
        self._clock = clock
        self._started_at = format_utc(system_utc())

    def read(self, progress: Progress, config: EffectiveConfig, feed: RetryingFeed, *, stuck: bool) -> dict[str, Any]:
        """One JSON object, without any password, with every field always there."""
        counts = self._tally.read()
        condition = self._journal.condition()
        backlog = self._journal.backlog()
        model, _, backend = feed.model.partition("/")
        return {
            "state": counts.state.value,
            "pid": os.getpid(),
            "camera_id": self._options.camera_id,
            "source": redact(self._options.source),
            "frames": counts.frames,
            "skipped": counts.skipped,
            "dropped": counts.dropped,
            "reconnects": counts.reconnects,
            "fps": counts.fps,
            "media_s": round(counts.media_s, 3),
            "loops": counts.loops,
            "frame_age_s": None if counts.frame_age_s is None else round(counts.frame_age_s, 1),
            "in": counts.ins,
            "out": counts.outs,
            "crossings": counts.crossings,
            "sent": progress.sent,
            "inserted": progress.inserted,
            "duplicates": progress.duplicates,
            "backlog": backlog.events,
            "dead": backlog.dead,
            "unstored": condition.unstored,
            "lost": condition.lost,
            "last_crossing_at": format_utc(counts.last_crossing_at) if counts.last_crossing_at else None,
            "line": list(config.line.points),
            "line_from": config.line_source.value,
            "anchor": config.anchor.value,
            "model": model,
            "backend": backend,
            "uplink": progress.link.value,
            "problem": condition.problem or feed.problem or progress.problem,
            "clock_ahead_s": self._clock.offset_s(),
            "clock_wrong": self._clock.is_wrong(),
            "stuck": stuck,
            "ids_break_up": ids_break_up(id_break_ratio(feed.near_line, counts.crossings)),
            "started_at": self._started_at,
            "updated_at": format_utc(system_utc()),
        }
