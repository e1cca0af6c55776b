"""The live occupancy is that of the single crossings, floored at each of them."""

from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.live_occupancy import LiveOccupancy, live_occupancy, undecided_windows
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.window import Window
from tests.unit.functions.api.kpi.crossings import (
    DAY_S,
    Correction,
    Crossing,
    corrections,
    crossing_sum,
    crossings,
    floored_per_crossing,
    seconds,
)
from tests.unit.functions.api.kpi.visits import (
    DAY,
    Visit,
    at,
    bucket_counts,
    buckets_of_visits,
    inside,
    observed_buckets,
    visits,
)


def buckets_until(second: int, events: list[Crossing], resets: list[Reset]) -> list[ObservedBucket]:
    window, split_at = Window(DAY.start, at(second)), [reset.at for reset in resets]
    counts = bucket_counts(seconds(events, "IN"), seconds(events, "OUT"), window, split_at)
    return observed_buckets(counts, window, split_at, now=at(second))


def occupancy_of(events: list[Crossing], resets: list[Reset], second: int) -> LiveOccupancy:
    buckets = buckets_until(second, events, resets)
    sums = {window: crossing_sum(events, window) for window in undecided_windows(buckets, resets)}
    return live_occupancy(buckets, resets, sums)


@given(crossings(), corrections(), st.integers(1, DAY_S))
def test_it_is_the_floor_at_every_crossing_since_the_last_reset(
    events: list[Crossing], corrected: list[Correction], second: int
) -> None:
    events = [event for event in events if event.second < second]
    resets = [correction.reset for correction in corrected if correction.second <= second]
    assert occupancy_of(events, resets, second) == LiveOccupancy(*floored_per_crossing(events, resets))


@given(visits(), st.integers(1, DAY_S))
def test_without_missed_crossings_it_is_the_number_of_people_inside(people: list[Visit], second: int) -> None:
    events = [Crossing(int(visit.came), "IN") for visit in people if int(visit.came) < second]
    events += [Crossing(int(visit.left), "OUT") for visit in people if int(visit.left) < second]
    whole = [Visit(int(visit.came), int(visit.left)) for visit in people]
    assert occupancy_of(events, [], second) == LiveOccupancy(
        inside(whole, second) if second < DAY_S else len(people) - sum(int(v.left) < DAY_S for v in people), 0
    )


def test_exits_of_people_who_came_in_unseen_do_not_eat_later_entries() -> None:
    # Three OUT at 08:00, ten IN at 09:00: ten people are inside, and three exits have no entry.
    events = [Crossing(28_800, "OUT")] * 3 + [Crossing(32_400, "IN")] * 10
    assert occupancy_of(events, [], 43_200) == LiveOccupancy(10, 3)


def test_within_a_quarter_hour_the_order_of_the_crossings_decides() -> None:
    out_first = [Crossing(28_800, "OUT"), Crossing(28_801, "IN")]
    in_first = [Crossing(28_800, "IN"), Crossing(28_801, "OUT")]
    at_once = [Crossing(28_800, "OUT"), Crossing(28_800, "IN")]
    assert occupancy_of(out_first, [], 43_200) == LiveOccupancy(1, 1)
    assert occupancy_of(in_first, [], 43_200) == LiveOccupancy(0, 0)
    assert occupancy_of(at_once, [], 43_200) == LiveOccupancy(0, 0)


def test_only_buckets_with_more_exits_than_people_inside_need_their_single_crossings() -> None:
    # 20 come at 09:00 and leave one by one in the next hours: no bucket has more exits than people at its start.
    people = [Visit(32_400, 36_000 + 600 * n) for n in range(20)]
    assert undecided_windows(buckets_of_visits(people), []) == []
    early = [*people, Visit(29_700, 30_000)]  # came at 08:15 into an empty store, left within the quarter-hour
    assert undecided_windows(buckets_of_visits(early), []) == [Window(at(29_700), at(30_600))]


@given(crossings(), crossings(), st.integers(0, 95), st.integers(1, 8))
def test_late_crossings_that_the_counts_lack_are_read(
    counted: list[Crossing], late: list[Crossing], first: int, quarters: int
) -> None:
    stale = Window(at(first * 900), at(min(DAY_S, (first + quarters) * 900)))
    events = [*counted, *(crossing for crossing in late if at(crossing.second) in stale)]
    buckets = buckets_until(DAY_S, counted, [])
    sums = {window: crossing_sum(events, window) for window in undecided_windows(buckets, [], stale_windows=[stale])}
    assert live_occupancy(buckets, [], sums) == LiveOccupancy(*floored_per_crossing(events, []))


def test_a_window_does_not_reach_across_a_reset() -> None:
    events = [Crossing(second, "OUT") for second in (28_900, 29_000, 29_800)]
    reset = Reset(at(29_000), 0)
    buckets = buckets_until(43_200, events, [reset])
    assert undecided_windows(buckets, [reset]) == [Window(at(28_800), at(29_000)), Window(at(29_000), at(30_600))]
