"""Each policy of the counter, beside what happens without it."""

from __future__ import annotations

from dataclasses import replace

from edge_worker.counting import CounterPolicy, LineCounter, Sighting
from tests.unit.edge_worker.counting.paths import FPS, HEIGHT, LINE, count, directions, down, unseen

POLICY = CounterPolicy()
THROUGH = [440.0, 460.0, 480.0, 497.0, 515.0, 535.0, 560.0]


def test_somebody_who_walks_through_counts_once() -> None:
    assert directions(count(down(THROUGH))) == ["IN"]
    assert directions(count(down(THROUGH[::-1]))) == ["OUT"]


def test_jitter_on_the_line_counts_nothing_thanks_to_the_dead_band() -> None:
    standing = down([440, 460, 480, *[497, 503] * 20, 480, 460, 440])
    assert directions(count(standing)) == []
    assert len(count(standing, policy=replace(POLICY, dead_band=0.0))) > 10


def test_a_u_turn_beyond_the_line_within_the_dead_band_counts_nothing() -> None:
    turning = down([440, 470, 490, 502, 506, 502, 490, 460, 430])
    assert directions(count(turning)) == []
    assert directions(count(turning, policy=replace(POLICY, dead_band=0.0))) == ["IN", "OUT"]


def test_lingering_on_the_line_and_going_on_counts_once() -> None:
    lingering = down([440, 470, *[497, 502, 505, 500, 498] * 10, 530, 560])
    assert directions(count(lingering)) == ["IN"]


def test_being_on_the_line_is_never_a_side() -> None:
    assert directions(count(down([440, 470, 500, 500, 500, 470, 440]))) == []
    assert directions(count(down([440, 470, 500, 500, 500, 530, 560]))) == ["IN"]


def test_coming_back_with_the_same_id_counts_again() -> None:
    assert directions(count(down([*THROUGH, *THROUGH[::-1], *THROUGH]))) == ["IN", "OUT", "IN"]


def test_passing_beyond_the_ends_counts_nothing() -> None:
    line = (400.0, 500.0, 600.0, 500.0)
    assert directions(count(down(THROUGH, x=300.0), line=line)) == []
    assert directions(count(down(THROUGH, x=500.0), line=line)) == ["IN"]


def test_walking_round_the_end_and_back_through_counts_the_way_back() -> None:
    line = (400.0, 500.0, 600.0, 500.0)
    around = [*down(THROUGH, x=300.0), (400.0, 560.0), *down(THROUGH[::-1])]
    assert directions(count(around, line=line)) == ["OUT"]


def test_brushing_an_end_counts_thanks_to_the_end_margin() -> None:
    line = (400.0, 500.0, 600.0, 500.0)
    brushing = down(THROUGH, x=400.0 - 0.08 * HEIGHT)
    assert directions(count(brushing, line=line)) == ["IN"]
    assert directions(count(brushing, line=line, policy=replace(POLICY, end_margin=0.0))) == []


def test_a_mannequin_whose_box_wobbles_over_the_line_counts_nothing_thanks_to_min_travel() -> None:
    wobbling = down([488, 488, 512, 512] * 10)
    assert directions(count(wobbling)) == []
    assert len(count(wobbling, policy=replace(POLICY, min_travel=0.0))) > 5


def test_a_short_first_step_over_the_line_counts_once_the_person_walks_on() -> None:
    assert directions(count(down([485, 515, 535, 560, 600]))) == ["IN"]


def test_an_id_that_changes_at_the_line_counts_thanks_to_ghost_adoption() -> None:
    before = down([440, 460, 480, 495])
    after = [*unseen(6), *down([530, 550, 570, 590])]
    crossings = count(before, after)
    assert directions(crossings) == ["IN"]
    assert crossings[0].tracker_id == 2
    assert directions(count(before, after, policy=replace(POLICY, ghost_seconds=0.0))) == []


def test_an_id_that_changes_after_the_line_does_not_count_twice() -> None:
    before = down([*THROUGH])
    after = [*unseen(9), *down([590, 610, 630])]
    assert directions(count(before, after)) == ["IN"]


def test_a_new_track_too_late_is_another_person() -> None:
    before = down([440, 460, 480])
    late = int((POLICY.ghost_seconds + 1) * FPS)
    after = [*unseen(3 + late), *down([530, 550, 570])]
    assert directions(count(before, after)) == []
    assert directions(count(before, after, policy=replace(POLICY, ghost_seconds=9, ghost_distance=9))) == ["IN"]


def test_a_new_track_too_far_away_is_another_person() -> None:
    before = down([440, 460, 480])
    after = [*unseen(5), *down([530, 550, 570], x=500 + 2.5 * HEIGHT)]
    assert directions(count(before, after)) == []
    assert directions(count(before, after, policy=replace(POLICY, ghost_distance=5.0))) == ["IN"]


def test_who_is_hidden_for_longer_may_have_walked_further() -> None:
    """They had stood, so nothing told that they would walk."""
    before = down([440] * 10)
    after = [*unseen(20), *down([520, 540, 560])]
    assert directions(count(before, after)) == ["IN"]
    assert directions(count(before, after, policy=replace(POLICY, ghost_pace=0.0))) == []


def test_a_new_track_of_another_size_is_another_person() -> None:
    def counted(policy: CounterPolicy) -> list[str]:
        counter = LineCounter(LINE, policy)
        crossings = []
        for frame, y in enumerate((440, 460, 480)):
            crossings += counter.update([Sighting(1, 500, y, HEIGHT, 30)], frame, frame / FPS)
        for frame, y in enumerate((530, 550, 570), 5):
            crossings += counter.update([Sighting(2, 500, y, HEIGHT / 2, 15)], frame, frame / FPS)
        return directions(crossings)

    assert counted(POLICY) == []
    assert counted(replace(POLICY, ghost_size_ratio=0.4)) == ["IN"]


def test_a_track_that_leaps_from_a_mannequin_to_who_passes_it_counts_nothing_thanks_to_max_pace() -> None:
    leaping = [*down([400.0] * 20), *down([510, 525, 540, 560, 580])]
    assert directions(count(leaping)) == []
    assert directions(count(leaping, policy=replace(POLICY, max_pace=100.0))) == ["IN"]


def test_who_is_taken_over_by_a_leaping_track_goes_on_under_its_id() -> None:
    walking = [*down([650, 630, 610, 590]), *unseen(11)]
    mannequin = [*down([400.0] * 5), *down([550, 530, 510, 490, 470, 450, 430])]
    assert directions(count(walking, mannequin)) == ["OUT"]


def test_a_runner_is_no_leaper() -> None:
    assert directions(count(down([440, 470, 500, 530, 560]))) == ["IN"]


def test_the_nearest_ghost_is_adopted_when_two_people_vanish_together() -> None:
    """One came from either side; both get new ids; each keeps their own side."""
    coming = [*down([440, 460, 480, 495], x=480)]
    going = [*down([560, 540, 520, 505], x=520)]
    came = [*unseen(6), *down([530, 550, 570], x=480)]
    went = [*unseen(6), *down([470, 450, 430], x=520)]
    assert sorted(directions(count(coming, going, came, went))) == ["IN", "OUT"]


def test_a_track_that_dies_right_after_passing_the_line_counts_thanks_to_death_depth() -> None:
    vanishing = [*down([440, 460, 480, 495, 506]), *unseen(30)]
    assert directions(count(vanishing, finish=False)) == ["IN"]
    assert directions(count(vanishing, policy=replace(POLICY, death_depth=1.0))) == []


def test_a_track_that_begins_right_before_the_line_counts_thanks_to_birth_depth() -> None:
    appearing = down([494, 505, 520, 540])
    assert directions(count(appearing)) == ["IN"]
    assert directions(count(appearing, policy=replace(POLICY, birth_depth=1.0, birth_seconds=0.0))) == []


def test_who_is_first_seen_on_the_line_and_walks_away_came_through_it_thanks_to_birth_seconds() -> None:
    emerging = down([501, 507, 516, 526, 538])
    assert directions(count(emerging)) == ["IN"]
    assert directions(count(emerging, policy=replace(POLICY, birth_seconds=0.0))) == []


def test_who_is_first_seen_on_the_line_and_lingers_came_from_where_they_go() -> None:
    strolling = down([501.0 + 2 * step for step in range(40)])
    assert directions(count(strolling)) == []
    assert directions(count([*strolling, *down([560, 530, 497, 470])])) == ["OUT"]


def test_who_is_first_seen_beyond_an_end_of_the_line_did_not_come_through_it() -> None:
    line = (400.0, 500.0, 600.0, 500.0)
    assert directions(count(down([501, 507, 516, 526, 538], x=300.0), line=line)) == []


def test_a_track_that_dies_on_the_line_counts_nothing() -> None:
    assert directions(count([*down([440, 460, 480, 495, 502]), *unseen(30)])) == []


def test_a_track_that_dies_before_the_line_counts_nothing() -> None:
    assert directions(count([*down([440, 460, 480, 492]), *unseen(30)])) == []


def test_a_clip_that_ends_right_after_the_passage_counts_it() -> None:
    assert directions(count(down([440, 460, 480, 495, 506]))) == ["IN"]


def test_a_gap_is_measured_from_the_last_observed_point() -> None:
    assert directions(count([*down([440, 460, 480]), *unseen(8), *down([560, 580])])) == ["IN"]


def test_who_lingers_is_dated_to_shortly_after_the_passage() -> None:
    lingering = down([440, 470, 490, *[505] * 30, 530, 560])
    (crossing,) = count(lingering)
    assert abs(crossing.t - (0.2 + POLICY.linger_seconds)) < 0.11
    (late,) = count(lingering, policy=replace(POLICY, linger_seconds=60.0))
    assert late.t > 3


def test_a_crossing_is_never_dated_after_the_frame_that_reports_it() -> None:
    counter = LineCounter(LINE)
    for frame, y in enumerate(THROUGH):
        for crossing in counter.update([Sighting(1, 500, y, HEIGHT, 30)], frame, frame / FPS):
            assert crossing.t <= frame / FPS
            assert crossing.frame <= frame


def test_ids_below_one_are_ignored() -> None:
    counter = LineCounter(LINE)
    crossings = []
    for frame, y in enumerate(THROUGH):
        crossings += counter.update([Sighting(-1, 500, y, HEIGHT, 30)], frame, frame / FPS)
    assert crossings == []


def test_people_are_forgotten_so_that_memory_stays_bounded() -> None:
    policy = replace(POLICY, max_people=10)
    counter = LineCounter(LINE, policy)
    for frame in range(1000):
        counter.update([Sighting(frame + 1, (frame % 7) * 140, 100, HEIGHT, 30)], frame, frame / FPS)
        assert counter.remembered <= policy.max_people + 1
    counter.update([], 1000, 1000 / FPS + POLICY.forget_seconds + 1)
    assert counter.remembered == 0


def test_tracks_near_the_line_are_counted_for_the_canary() -> None:
    counter = LineCounter(LINE)
    for frame, y in enumerate(THROUGH):
        counter.update([Sighting(1, 500, y, HEIGHT, 30), Sighting(2, 500, 100, HEIGHT, 30)], frame, frame / FPS)
    assert counter.near_line == 1
