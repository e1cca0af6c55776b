"""Detectors that look at turned pictures."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from edge_worker.detection.detector import Detections, Detector, DetectorClosedError
from edge_worker.detection.shared_detector import SharedDetector
from edge_worker.detection.wrapped_detector import WrappedDetector
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_detector import LoadSized, RegionDetector
from edge_worker.overhead.turns import PLAIN, Turn, boxes_in_picture, merged, turned_image, turned_size
from edge_worker.video.frame import Image

SAME_PERSON_IOU = 0.6
"""Boxes of two turns that overlap by more are one person: the value of the tracker for two boxes of one picture."""

OpenTurned = Callable[[Turn], Detector]
"""Opens the detector that turns a frame before it looks at it."""


class TurnedDetector(WrappedDetector):
    """Turns each frame before another detector looks at it; the boxes are those of the frame.

    Args:
        detector: The other detector, for the size of the turned frames.
        turn: How the frames are turned.
    """

    def __init__(self, detector: Detector, turn: Turn) -> None:
        super().__init__(detector)
        self._turn = turn

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        found = self._detector.detect(turned_image(image, self._turn))
        return Detections(boxes_in_picture(found.boxes, self._turn, (image.shape[0], image.shape[1])), found.scores)


class TurnedDetectors:
    """Opens the detectors that look at turned frames. Both quarter turns use the same model.

    A camera then has one place in the queue of the detector process for them.

    Args:
        load: Loads the detector for frames of size (height, width).
        size: (height, width) of the frames before they are turned.
    """

    def __init__(self, load: Callable[[tuple[int, int]], Detector], size: tuple[int, int]) -> None:
        self._load = load
        self._size = size
        self._loaded: dict[tuple[int, int], Detector] = {}

    def __call__(self, turn: Turn) -> Detector:
        """Return the detector for a turn.

        Raises:
            EdgeError: It cannot be loaded.
        """
        size = turned_size(self._size, turn)
        if size not in self._loaded:
            self._loaded[size] = self._load(size)
        return TurnedDetector(self._loaded[size], turn)


class SharedTurns:
    """The turned detectors of several cameras with the same frames: each turned frame is searched for people once."""

    def __init__(self) -> None:
        self._shared = {turn: SharedDetector() for turn in Turn}

    def opener(self, own: OpenTurned) -> OpenTurned:
        """Return what opens the detectors of one camera.

        Args:
            own: Opens a detector for a turn, if no camera has one.
        """
        return lambda turn: self._shared[turn].open(lambda: own(turn))


class ViewDetector(WrappedDetector):
    """The detector of one camera: it looks at each frame as it is, at the region around the line, or turned.

    Args:
        detector: The detector for the frames as they are.
        open_turned: Opens the detector for a turn, when it is needed first.
        load_sized: Loads the detector for the region around the line.
    """

    def __init__(self, detector: Detector, open_turned: OpenTurned, load_sized: LoadSized) -> None:
        super().__init__(detector)
        self._open_turned = open_turned
        self._load_sized = load_sized
        self._region_detector: RegionDetector | None = None
        self._opening = threading.Lock()
        self._changing = threading.Lock()
        self._is_closed = False
        self._detectors: dict[Turn, Detector] = {Turn.NONE: detector}
        self._turns: tuple[Turn, ...] = PLAIN

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return how each frame is looked at."""
        return self._turns

    @property
    def is_above(self) -> bool:
        """Return whether frames are looked at in more ways than as they are: people are seen from straight above."""
        return self._turns != PLAIN

    def set_turns(self, turns: Sequence[Turn]) -> None:
        """Look at the next whole frames in these ways. Returns when the detectors are open.

        Raises:
            EdgeError: A detector cannot be opened.
        """
        for turn in turns:
            self._detector_for(turn)
        with self._changing:
            self._turns = tuple(turns)
        if self.is_above:
            self.set_region(None)

    @property
    def region(self) -> Region | None:
        """Return the part of each frame that is looked at; None for the whole frame."""
        return None if self._region_detector is None else self._region_detector.region

    def open_region(self, region: Region) -> RegionDetector:
        """Return a detector for a part of the frames.

        Raises:
            EdgeError: It cannot be opened.
        """
        return RegionDetector(self._load_sized, region)

    def set_region(self, detector: RegionDetector | None) -> None:
        """Look at a part of the next frames, as they are; None for whole frames.

        The detector of another part is closed. So is this one while frames are turned: the region is that of people who
        are seen from the side.
        """
        with self._changing:
            is_refused = detector is not None and (self.is_above or self._is_closed)
            previous, self._region_detector = self._region_detector, None if is_refused else detector
        if previous is not None and previous is not detector:
            previous.close()
        if detector is not None and is_refused:
            detector.close()

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame: those that are found in any of the ways."""
        region = self._region_detector
        if region is None:
            return self.look(image, self._turns)
        try:
            return region.detect(image)
        except DetectorClosedError:
            if self._is_closed or self._region_detector is region:
                raise
            return self.detect(image)  # the region was replaced meanwhile

    def look(self, image: Image, turns: Sequence[Turn]) -> Detections:
        """Return the people in a frame that are found in any of these ways.

        Raises:
            DetectorClosedError: `close` was called.
            EdgeError: A detector cannot be opened, or the engine failed.
        """
        return merged([self._detector_for(turn).detect(image) for turn in turns], SAME_PERSON_IOU)

    def close(self) -> None:
        """Close all detectors; may be called from any thread."""
        self._is_closed = True
        region = [] if self._region_detector is None else [self._region_detector]
        for detector in [*self._detectors.values(), *region]:
            detector.close()

    def _detector_for(self, turn: Turn) -> Detector:
        found = self._detectors.get(turn)
        if found is not None:
            return found
        with self._opening:
            if turn not in self._detectors:
                opened = self._open_turned(turn)
                self._detectors[turn] = opened
                if self._is_closed:
                    opened.close()
            return self._detectors[turn]
