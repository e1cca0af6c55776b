"""A progress bar on stderr with the remaining time and the counts so far."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tqdm import tqdm

from edge_worker.crossing import Direction
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline

_FORMAT = "{desc} {percentage:3.0f}% |{bar:24}| {elapsed}<{remaining}{postfix}"
_FORMAT_WITHOUT_END = "{desc} {elapsed}{postfix}"
_STEPS = 1000


class ClipProgress:
    """Shows the progress of a clip.

    Without a terminal it prints only the messages of `print_message`.

    Args:
        clip: Path of the clip.
        quiet: Print nothing at all.
    """

    def __init__(self, clip: str, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._name = Path(clip).name
        self._bar: tqdm[None] | None = None
        self._counts = {Direction.IN: 0, Direction.OUT: 0}
        self._frames = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            if kind is None and self._bar.total:
                self._bar.update(self._bar.total - self._bar.n)
            self._bar.close()

    def print_message(self, message: str) -> None:
        """Print a line on stderr without breaking the bar."""
        if not self._quiet:
            tqdm.write(message, file=sys.stderr)

    def update(self, result: FrameResult, pipeline: Pipeline) -> None:
        """Update the bar with a processed frame."""
        for crossing in result.crossings:
            self._counts[crossing.direction] += 1
        self._draw(pipeline.progress(), f", in {self._counts[Direction.IN]}, out {self._counts[Direction.OUT]}")

    def restart(self) -> None:
        """Begin anew: the clip is counted from its first frame again."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        self._counts = dict.fromkeys(self._counts, 0)
        self._frames = 0

    def update_detection(self, fraction: float | None) -> None:
        """Update the bar with a frame on which only detection ran, and the share 0..1 of the clip up to it."""
        self._draw(fraction, "")

    def _draw(self, fraction: float | None, counts: str) -> None:
        if self._quiet or not sys.stderr.isatty():
            return
        self._frames += 1
        if self._bar is None:
            known = fraction is not None
            self._bar = tqdm(
                desc=self._name,
                total=_STEPS if known else None,
                bar_format=_FORMAT if known else _FORMAT_WITHOUT_END,
                file=sys.stderr,
                mininterval=0.2,
            )
        self._bar.set_postfix_str(f"frame {self._frames}{counts}", refresh=False)
        self._bar.update(max(0, int((fraction or 0.0) * (_STEPS - 1)) - self._bar.n) if fraction is not None else 1)
