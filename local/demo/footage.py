"""Choose the clip that the demo's camera plays, and its counting line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import EdgeError
from edge_worker.redaction import redact
from edge_worker.video.source import open_source
from local.clip.render import doorway_clip
from local.demo.options import DemoOptions
from local.errors import DemoError
from local.stack.settings import ROOT

SHARED_CLIPS: Final = ROOT.parent / "shared" / "clips"
_PREFERRED: Final = "plaza.avi"
_FIRST_FRAME_TIMEOUT_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Footage:
    """What the camera plays.

    Attributes:
        source: The absolute path of a file, or the address of a stream.
        is_stream: Whether it is an address.
        line: The counting line, in 0..1 of width and height.
        anchor: The point of a person's box that crosses it.
        known_crossings: The number of labelled crossings; None when there are no labels for this line.
    """

    source: str
    is_stream: bool
    line: Line
    anchor: Anchor
    known_crossings: int | None

    @property
    def label(self) -> str:
        """The name for messages, without the password of an address."""
        return redact(self.source) if self.is_stream else Path(self.source).name


@dataclass(frozen=True, slots=True)
class _Labels:
    line: Line
    anchor: Anchor
    crossings: int


def choose_footage(options: DemoOptions, folder: Path, clips: Path = SHARED_CLIPS) -> Footage:
    """Return the video of the options, else a clip of `clips`, else one that is generated.

    Args:
        options: `video` and `line`.
        folder: Where a generated clip is written.
        clips: A folder of clips with a `*.truth.json` beside them.

    Raises:
        LocalError: The clip cannot be read; one frame was read to find out.
    """
    if options.video is not None and "://" in options.video:
        return Footage(options.video, True, options.line or Line.mid_height(), Anchor.FOOT, None)
    if options.video is not None:
        clip = Path(options.video).expanduser().resolve()
        if not clip.is_file():
            raise DemoError(f"VIDEO={options.video} is not a file: give the path of a video, or an rtsp:// address")
    else:
        clip = _labelled_clip(clips) or doorway_clip(folder).video
    _require_playable(clip)
    labels = _labels(clip)
    return Footage(
        source=str(clip),
        is_stream=False,
        line=options.line or (labels.line if labels else Line.mid_height()),
        anchor=labels.anchor if labels else Anchor.FOOT,
        known_crossings=labels.crossings if labels and options.line in {None, labels.line} else None,
    )


def _labelled_clip(folder: Path) -> Path | None:
    """Return a clip that has labels beside it, the preferred one first."""
    label_files = sorted(folder.glob("*.truth.json"), key=lambda path: not path.name.startswith(Path(_PREFERRED).stem))
    for label_file in label_files:
        name = label_file.name.removesuffix(".truth.json")
        for clip in sorted(folder.glob(f"{name}.*")):
            if clip != label_file:
                return clip
    return None


def _require_playable(clip: Path) -> None:
    try:
        source = open_source(str(clip), None)
        try:
            frame = source.read(_FIRST_FRAME_TIMEOUT_S)
        finally:
            source.close()
    except EdgeError as error:
        raise DemoError(f"the clip cannot be played: {error}") from None
    if frame is None:
        raise DemoError(f"the clip cannot be played: {clip} has no readable frame")


def _labels(clip: Path) -> _Labels | None:
    path = clip.with_name(f"{clip.stem}.truth.json")
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        line = Line.from_points(content["line"])
        return _Labels(line, Anchor.parse(content["anchor"]), len(content["crossings"]))
    except (OSError, ValueError, KeyError, TypeError, EdgeError):
        raise DemoError(f"{path} cannot be read: correct it, or move it away and give the line with LINE=…") from None
