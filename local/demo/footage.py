"""Which clip plays the camera, and where its line is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import EdgeError
from edge_worker.logs import redact
from edge_worker.video.source import open_source
from local.clip import doorway_clip
from local.demo.errors import DemoError
from local.demo.options import DemoOptions
from local.stack.settings import ROOT

CLIPS_BESIDE: Final = ROOT.parent / "shared" / "clips"
_FAVOURITE: Final = "plaza.avi"
_FIRST_FRAME_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Footage:
    """What the camera sees.

    Attributes:
        source: a file's absolute path, or a stream's address.
        known: how many crossings a clip is known to have; None when nobody has counted.
    """

    source: str
    is_stream: bool
    line: Line
    anchor: Anchor
    known: int | None

    @property
    def label(self) -> str:
        """For people; without the password of an address."""
        return redact(self.source) if self.is_stream else Path(self.source).name


@dataclass(frozen=True, slots=True)
class _Truth:
    line: Line
    anchor: Anchor
    known: int


def choose_footage(options: DemoOptions, folder: Path, clips: Path = CLIPS_BESIDE) -> Footage:
    """`VIDEO`, else a clip of `clips`, else the one that is made in `folder`; it has been opened once.

    Raises LocalError when the clip cannot be read.
    """
    if options.video is not None and "://" in options.video:
        return Footage(options.video, True, options.line or Line.mid_height(), Anchor.FOOT, None)
    if options.video is not None:
        clip = Path(options.video).expanduser().resolve()
        if not clip.is_file():
            raise DemoError(f"VIDEO={options.video} is no file: give the path of a video, or an rtsp:// address")
    else:
        clip = _beside(clips) or doorway_clip(folder).video
    _prove(clip)
    truth = _truth(clip)
    return Footage(
        source=str(clip),
        is_stream=False,
        line=options.line or (truth.line if truth else Line.mid_height()),
        anchor=truth.anchor if truth else Anchor.FOOT,
        known=truth.known if truth and options.line in {None, truth.line} else None,
    )


def _beside(folder: Path) -> Path | None:
    """The clip with the most to see of those whose truth stands beside them."""
    truths = sorted(folder.glob("*.truth.json"), key=lambda path: not path.name.startswith(Path(_FAVOURITE).stem))
    for truth in truths:
        name = truth.name.removesuffix(".truth.json")
        for clip in sorted(folder.glob(f"{name}.*")):
            if clip != truth:
                return clip
    return None


def _prove(clip: Path) -> None:
    try:
        source = open_source(str(clip), None)
        try:
            seen = source.read(_FIRST_FRAME_S)
        finally:
            source.close()
    except EdgeError as error:
        raise DemoError(f"the clip cannot be played: {error}") from None
    if seen is None:
        raise DemoError(f"the clip cannot be played: {clip} has no frame that can be read")


def _truth(clip: Path) -> _Truth | None:
    path = clip.with_name(f"{clip.stem}.truth.json")
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        line = Line.from_points(content["line"])
        return _Truth(line, Anchor.parse(content["anchor"]), len(content["crossings"]))
    except (OSError, ValueError, KeyError, TypeError, EdgeError):
        raise DemoError(f"{path} cannot be read: mend it, or take it away and give the line with LINE=…") from None
