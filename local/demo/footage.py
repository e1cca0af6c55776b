"""Choose the clips that the demo's cameras play, and their counting lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.errors import EdgeError
from edge_worker.redaction import redact
from edge_worker.video.source import open_source
from local.clip.render import doorway_clip
from local.demo.options import DemoOptions
from local.errors import DemoError
from local.stack.settings import ROOT

SHARED_CLIPS: Final = ROOT.parent / "shared" / "clips"
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
        is_balanced: Whether the labels have as many people going out as coming in, so that a store whose camera plays
            the clip again and again does not fill up.
    """

    source: str
    is_stream: bool
    line: Line
    anchor: Anchor
    known_crossings: int | None
    is_balanced: bool = False

    @property
    def label(self) -> str:
        """The name for messages, without the password of an address."""
        return redact(self.source) if self.is_stream else Path(self.source).name


@dataclass(frozen=True, slots=True)
class _Labels:
    line: Line
    anchor: Anchor
    crossings: int
    is_balanced: bool


def choose_footage(options: DemoOptions, folder: Path, clips: Path = SHARED_CLIPS) -> list[Footage]:
    """Return what each camera plays: the video of the options, else the clips of `clips`, else one that is generated.

    Of the clips those are preferred whose labels have as many people going out as coming in. When there are fewer of
    them than cameras, several cameras play the same.

    Args:
        options: `video`, `line` and `cameras`.
        folder: Where a generated clip is written.
        clips: A folder of clips with a `*.truth.json` beside them.

    Raises:
        LocalError: The clip cannot be read; one frame was read to find out.
    """
    if options.video is None:
        found = [_clip(options, clip) for clip in _labelled_clips(clips) or [doorway_clip(folder).video]]
        balanced = [footage for footage in found if footage.is_balanced]
        playing = balanced or found
    elif "://" in options.video:
        playing = [Footage(options.video, True, options.line or Line.mid_height(), Anchor.FOOT, None)]
    else:
        clip = Path(options.video).expanduser().resolve()
        if not clip.is_file():
            raise DemoError(f"VIDEO={options.video} is not a file: give the path of a video, or an rtsp:// address")
        playing = [_clip(options, clip)]
    chosen = list(islice(cycle(playing), options.cameras))
    for footage in playing[: options.cameras]:
        if not footage.is_stream:
            _require_playable(Path(footage.source))
    return chosen


def _clip(options: DemoOptions, clip: Path) -> Footage:
    labels = _labels(clip)
    counted = labels if labels and options.line in {None, labels.line} else None
    return Footage(
        source=str(clip),
        is_stream=False,
        line=options.line or (labels.line if labels else Line.mid_height()),
        anchor=labels.anchor if labels else Anchor.FOOT,
        known_crossings=counted.crossings if counted else None,
        is_balanced=counted is not None and counted.is_balanced,
    )


def _labelled_clips(folder: Path) -> list[Path]:
    """Return the clips that have labels beside them, in the order of their names."""
    found = []
    for label_file in sorted(folder.glob("*.truth.json")):
        name = label_file.name.removesuffix(".truth.json")
        found += [clip for clip in sorted(folder.glob(f"{name}.*")) if clip != label_file][:1]
    return found


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
        directions = [crossing["direction"] for crossing in content["crossings"]]
        ins = directions.count(Direction.IN)
        return _Labels(line, Anchor.parse(content["anchor"]), len(directions), 2 * ins == len(directions))
    except (OSError, ValueError, KeyError, TypeError, EdgeError):
        raise DemoError(f"{path} cannot be read: correct it, or move it away and give the line with LINE=…") from None
