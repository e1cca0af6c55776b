"""Opens whatever one names."""

from __future__ import annotations

from edge_worker.video.address import is_live
from edge_worker.video.source import Source


def open_source(source: str, sample_fps: float | None = None) -> Source:
    """A file by its path, or a camera by its address; ``sample_fps`` concerns cameras only.

    Raises:
        SourceError: it cannot be opened.
    """
    if is_live(source):
        from edge_worker.video.live_source import LiveSource

        return LiveSource(source, sample_fps=sample_fps)
    from edge_worker.video.file_source import FileSource

    return FileSource(source)
