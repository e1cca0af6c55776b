from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest

from edge_worker.errors import SourceError
from edge_worker.video.frame import Frame
from edge_worker.video.shared_source import MAX_WAITING, SharedSource, SharedSourceView

PATIENCE_S = 10.0


class Numbered:
    """A source whose frames are numbered."""

    transport = None
    damage = None
    decoder = None
    fps_wanted = None
    size = (4, 6)

    def __init__(self, frames: int, *, is_live: bool = False, unchecked: int = 0, damaged: int = 0) -> None:
        self.is_live = is_live
        self.reads = 0
        self.ended = False
        self.is_closed = False
        self.rates: list[float] = []
        self.intervals: list[float] = []
        self._frames = frames
        self._unchecked = unchecked
        self._damaged = damaged

    def read(self, timeout_s: float) -> Frame | None:  # noqa: ARG002 - the interface of a source
        if self.reads == self._frames:
            self.ended = True
            return None
        self.reads += 1
        image = np.zeros((4, 6, 3), np.uint8)
        return Frame(
            self.reads - 1, self.reads / 10, None, image, dropped=1, unchecked=self._unchecked, damaged=self._damaged
        )

    def progress(self) -> float | None:
        return None

    def set_sample_fps(self, fps: float) -> None:
        self.rates.append(fps)

    def set_check_interval(self, seconds: float) -> None:
        self.intervals.append(seconds)

    def close(self) -> None:
        self.is_closed = True


@contextmanager
def opened(shared: SharedSource, source: Numbered, *rates: float | None) -> Iterator[list[SharedSourceView]]:
    """A view for each rate, opened at once, as by the threads of the cameras."""
    with ThreadPoolExecutor(len(rates)) as pool:
        waiting = [pool.submit(shared.open, lambda: source, rate) for rate in rates]
        yield [one.result(PATIENCE_S) for one in waiting]


def numbers(view: SharedSourceView) -> list[int]:
    """The numbers of all frames that a view gets until its end."""
    found = []
    while not view.ended:
        frame = view.read(PATIENCE_S)
        if frame is not None:
            found.append(frame.index)
    return found


def number(view: SharedSourceView, timeout_s: float = PATIENCE_S) -> int | None:
    frame = view.read(timeout_s)
    return None if frame is None else frame.index


def test_every_camera_gets_every_frame_of_a_file_and_each_is_decoded_once() -> None:
    source = Numbered(50)
    with opened(SharedSource(3), source, None, None, None) as views, ThreadPoolExecutor(3) as pool:
        assert list(pool.map(numbers, views)) == [list(range(50))] * 3
    assert source.reads == 50


def test_the_cameras_share_the_pixels() -> None:
    with opened(SharedSource(2), Numbered(1), None, None) as (one, other):
        first, second = one.read(PATIENCE_S), other.read(PATIENCE_S)
    assert first is not None
    assert second is not None
    assert first.image is second.image


def test_a_file_waits_for_the_slower_camera() -> None:
    with opened(SharedSource(2), Numbered(50), None, None) as (fast, slow):
        assert [number(fast) for _ in range(MAX_WAITING)] == [*range(MAX_WAITING)]
        assert [number(fast, 0.01) for _ in range(2)] == [None, None]
        assert number(slow) == 0
        assert number(fast) == MAX_WAITING


def test_a_live_source_drops_the_oldest_frames_of_the_slower_camera_alone_and_counts_them() -> None:
    with opened(SharedSource(2), Numbered(20, is_live=True), None, None) as (fast, slow):
        assert [number(fast) for _ in range(20)] == list(range(20))
        kept = [frame for _ in range(MAX_WAITING) if (frame := slow.read(PATIENCE_S))]
    assert [frame.index for frame in kept] == list(range(20 - MAX_WAITING, 20))
    assert sum(frame.dropped + 1 for frame in kept) == 2 * 20, "each frame has one dropped before it"


def test_no_camera_misses_the_beginning_of_a_file() -> None:
    shared, source = SharedSource(2), Numbered(5)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shared.open, lambda: source)
        with pytest.raises(TimeoutError):
            first.result(0.05)
        second = shared.open(lambda: source)
        assert (number(first.result(PATIENCE_S)), number(second)) == (0, 0)


def test_a_live_source_can_be_joined_while_it_runs() -> None:
    shared, source = SharedSource(1), Numbered(9, is_live=True)
    one = shared.open(lambda: source)
    assert number(one) == 0
    shared.rejoin()
    other = shared.open(lambda: source)
    assert (number(other), number(one)) == (1, 1)


def test_the_cameras_that_are_left_start_without_one_that_fails() -> None:
    shared, source = SharedSource(2), Numbered(1)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(shared.open, lambda: source)
        shared.leave()
        assert number(waiting.result(PATIENCE_S)) == 0


def test_a_source_that_cannot_be_opened_is_an_error_of_every_camera_and_can_be_tried_again() -> None:
    shared = SharedSource(2)
    attempts: list[int] = []

    def fails() -> Numbered:
        attempts.append(1)
        raise SourceError("no such file")

    with ThreadPoolExecutor(2) as pool:
        waiting: list[Future[SharedSourceView]] = [pool.submit(shared.open, fails) for _ in range(2)]
        for one in waiting:
            with pytest.raises(SourceError, match="no such file"):
                one.result(PATIENCE_S)
    assert len(attempts) == 1
    with opened(shared, Numbered(1), None, None) as views:
        assert [number(view) for view in views] == [0, 0]


def test_the_source_runs_at_the_highest_rate_that_a_camera_needs() -> None:
    source = Numbered(9, is_live=True)
    with opened(SharedSource(2), source, 5.0, 8.0) as (slow, _):
        slow.set_sample_fps(12.0)
    assert source.rates == [8.0, 12.0]
    unlimited = Numbered(9, is_live=True)
    with opened(SharedSource(2), unlimited, 5.0, None):
        assert unlimited.rates == []


def test_the_source_returns_as_many_pictures_as_the_camera_needs_that_needs_most() -> None:
    source = Numbered(9, is_live=True)
    with opened(SharedSource(2), source, None, None) as (one, other):
        one.set_check_interval(0.3)
        assert source.intervals[-1] == 0
        other.set_check_interval(0.5)
        assert source.intervals[-1] == 0.3
        one.close()
        assert source.intervals[-1] == 0.5
        other.set_check_interval(0)
    assert source.intervals[-1] == 0


def test_a_camera_that_joins_a_quiet_source_gets_every_picture() -> None:
    shared, source = SharedSource(1), Numbered(9, is_live=True)
    shared.open(lambda: source).set_check_interval(0.3)
    shared.rejoin()
    shared.open(lambda: source)
    assert source.intervals[-2:] == [0.3, 0]


def test_frames_that_were_left_out_are_counted_though_the_frame_after_them_is_dropped() -> None:
    source = Numbered(20, is_live=True, unchecked=2, damaged=1)
    with opened(SharedSource(2), source, None, None) as (fast, slow):
        assert [number(fast) for _ in range(20)] == list(range(20))
        kept = [frame for _ in range(MAX_WAITING) if (frame := slow.read(PATIENCE_S))]
    assert sum(frame.unchecked for frame in kept) == 2 * 20
    assert sum(frame.damaged for frame in kept) == 20


def test_the_source_is_closed_with_the_last_camera() -> None:
    source = Numbered(9)
    with opened(SharedSource(2), source, None, None) as (one, other):
        one.close()
        one.close()
        assert (one.ended, source.is_closed) == (True, False)
        assert number(other) == 0
        other.close()
        assert source.is_closed


def test_a_file_is_read_again_when_every_camera_has_closed_it() -> None:
    shared = SharedSource(2)
    sources = iter([Numbered(3), Numbered(3)])
    rounds: dict[str, list[list[int]]] = {"one": [], "other": []}

    def plays(name: str) -> None:
        for _ in range(2):
            view = shared.open(lambda: next(sources))
            rounds[name].append(numbers(view))
            view.close()

    threads = [threading.Thread(target=plays, args=(name,)) for name in rounds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert rounds == {"one": [[0, 1, 2]] * 2, "other": [[0, 1, 2]] * 2}
