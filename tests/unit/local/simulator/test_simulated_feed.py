"""The simulated feed, as the worker reads it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

from edge_worker.running.feed import Feed
from local.simulator.simulated_feed import SimulatedFeed
from local.simulator.visitors import passages


def _clock(step_s: float) -> Iterator[float]:
    return (n * step_s for n in count())


def test_it_is_a_feed_of_the_worker() -> None:
    feed: Feed = SimulatedFeed(1)
    assert feed.is_live
    assert feed.model == "simulator"


def test_every_passage_crosses_once_in_the_first_frame_after_it() -> None:
    clock = _clock(10.0)
    feed = SimulatedFeed(5, elapsed=lambda: next(clock))
    frames = [frame for frame in islice(feed.frames(), 40) if frame is not None]
    crossings = [crossing for frame in frames for crossing in frame.crossings]
    expected = [passage for passage in islice(passages(5), 1000) if passage.t <= frames[-1].media_s]
    assert [(c.t, c.direction, c.tracker_id) for c in crossings] == [(p.t, p.direction, p.person) for p in expected]
    assert all(crossing.t <= frame.media_s for frame in frames for crossing in frame.crossings)
    assert feed.near_line == len(crossings) > 20


def test_it_ends_when_it_is_closed() -> None:
    feed = SimulatedFeed(1)
    feed.close()
    assert list(feed.frames()) == []
