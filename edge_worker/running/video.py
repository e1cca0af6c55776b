"""The real video side of a run."""

from __future__ import annotations

import logging

from edge_worker.counting.line import Anchor, Line
from edge_worker.pipeline.pipeline import open_pipeline
from edge_worker.remote_config.effective import EffectiveConfig
from edge_worker.running.feed import Feed
from edge_worker.running.options import RunOptions

log = logging.getLogger(__name__)


def open_feed(options: RunOptions, config: EffectiveConfig, sample_fps: float | None) -> Feed:
    """Opens the source and loads the model.

    Raises:
        EdgeError: the source, the model or the engine cannot be used.
    """
    return open_pipeline(
        options.source,
        line=Line.of(config.line),
        anchor=Anchor(config.anchor),
        model=options.model,
        backend=options.backend,
        threads=options.threads,
        sample_fps=sample_fps,
        motion_gate=options.gates_motion,
        say=log.info,
    )
