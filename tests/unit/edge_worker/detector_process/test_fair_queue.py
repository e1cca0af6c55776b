from __future__ import annotations

import threading
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from edge_worker.detector_process.fair_queue import FairQueue


def test_a_source_with_many_frames_gets_no_larger_share() -> None:
    queue: FairQueue[str, str] = FairQueue()
    for item in ("a1", "a2", "a3", "a4", "b1", "b2", "c1"):
        queue.put(item[0], item)
    assert [queue.take(0) for _ in range(8)] == ["a1", "b1", "c1", "a2", "b2", "a3", "a4", None]


@given(st.lists(st.integers(0, 3), max_size=60))
def test_no_frame_is_lost_and_each_source_keeps_its_order(sources: list[int]) -> None:
    queue: FairQueue[int, tuple[int, int]] = FairQueue()
    for number, source in enumerate(sources):
        queue.put(source, (source, number))
    taken = [queue.take(0) for _ in sources]
    assert sorted(one[1] for one in taken if one) == list(range(len(sources)))
    for source in set(sources):
        numbers = [one[1] for one in taken if one and one[0] == source]
        assert numbers == sorted(numbers)


@given(st.lists(st.integers(0, 3), max_size=60))
def test_while_sources_wait_none_is_served_more_than_once_more_than_another(sources: list[int]) -> None:
    queue: FairQueue[int, int] = FairQueue()
    for source in sources:
        queue.put(source, source)
    waiting, served = Counter(sources), Counter[int]()
    for _ in sources:
        taken = queue.take(0)
        assert taken is not None
        served[taken] += 1
        waiting[taken] -= 1
        least = min((served[one] for one in waiting if waiting[one]), default=served[taken])
        assert served[taken] <= least + 1


def test_the_frames_of_a_source_that_ended_are_removed() -> None:
    queue: FairQueue[str, int] = FairQueue()
    for number in range(3):
        queue.put("a", number)
    queue.put("b", 9)
    queue.remove("a")
    queue.remove("never seen")
    assert (queue.take(0), queue.take(0)) == (9, None)


def test_a_thread_that_waits_gets_the_next_frame() -> None:
    queue: FairQueue[str, int] = FairQueue()
    taken: list[int | None] = []
    waiter = threading.Thread(target=lambda: taken.append(queue.take(10.0)))
    waiter.start()
    queue.put("a", 1)
    waiter.join(10.0)
    assert taken == [1]


def test_closing_ends_the_wait_and_nothing_can_be_taken_any_more() -> None:
    queue: FairQueue[str, str] = FairQueue()
    taken: list[str | None] = []
    waiting = threading.Thread(target=lambda: taken.append(queue.take()), daemon=True)
    waiting.start()
    queue.close()
    waiting.join(10)
    queue.put("a", "late")
    assert (waiting.is_alive(), taken, queue.take(0)) == (False, [None], None)
