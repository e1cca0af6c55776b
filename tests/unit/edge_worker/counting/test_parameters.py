"""Each parameters of the counter, beside what happens without it."""

from __future__ import annotations

from dataclasses import replace

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import TrackObservation
from tests.unit.edge_worker.counting.paths import FPS, HEIGHT, LINE, count, directions, down, unobserved

DEFAULTS = CounterParameters()
THROUGH = [440.0, 460.0, 480.0, 497.0, 515.0, 535.0, 560.0]


def test_a_person_who_walks_through_counts_once() -> None:
    assert directions(count(down(THROUGH))) == ["IN"]
    assert directions(count(down(THROUGH[::-1]))) == ["OUT"]


def test_jitter_on_the_line_counts_nothing_thanks_to_the_dead_band() -> None:
    standing = down([440, 460, 480, *[497, 503] * 20, 480, 460, 440])
    assert directions(count(standing)) == []
    assert len(count(standing, parameters=replace(DEFAULTS, dead_band=0.0))) > 10


def test_a_u_turn_beyond_the_line_within_the_dead_band_counts_nothing() -> None:
    turning = down([440, 470, 490, 502, 506, 502, 490, 460, 430])
    assert directions(count(turning)) == []
    assert directions(count(turning, parameters=replace(DEFAULTS, dead_band=0.0))) == ["IN", "OUT"]


def test_lingering_on_the_line_and_going_on_counts_once() -> None:
    lingering = down([440, 470, *[497, 502, 505, 500, 498] * 10, 530, 560])
    assert directions(count(lingering)) == ["IN"]


def test_a_position_on_the_line_is_no_side() -> None:
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
    assert directions(count(brushing, line=line, parameters=replace(DEFAULTS, end_margin=0.0))) == []


def test_a_mannequin_whose_box_wobbles_over_the_line_counts_nothing_thanks_to_min_travel() -> None:
    wobbling = down([488, 488, 512, 512] * 10)
    assert directions(count(wobbling)) == []
    assert len(count(wobbling, parameters=replace(DEFAULTS, min_travel=0.0))) > 5


def test_a_short_first_step_over_the_line_counts_once_the_person_walks_on() -> None:
    assert directions(count(down([485, 515, 535, 560, 600]))) == ["IN"]


def test_an_id_that_changes_at_the_line_counts_thanks_to_relinking() -> None:
    before = down([440, 460, 480, 495])
    after = [*unobserved(6), *down([530, 550, 570, 590])]
    crossings = count(before, after)
    assert directions(crossings) == ["IN"]
    assert crossings[0].tracker_id == 2
    assert directions(count(before, after, parameters=replace(DEFAULTS, relink_window_s=0.0))) == []


def test_an_id_that_changes_after_the_line_does_not_count_twice() -> None:
    before = down([*THROUGH])
    after = [*unobserved(9), *down([590, 610, 630])]
    assert directions(count(before, after)) == ["IN"]


def test_a_new_track_too_late_is_another_person() -> None:
    before = down([440, 460, 480])
    late = int((DEFAULTS.relink_window_s + 1) * FPS)
    after = [*unobserved(3 + late), *down([530, 550, 570])]
    assert directions(count(before, after)) == []
    assert directions(count(before, after, parameters=replace(DEFAULTS, relink_window_s=9, relink_distance=9))) == [
        "IN"
    ]


def test_a_new_track_too_far_away_is_another_person() -> None:
    before = down([440, 460, 480])
    after = [*unobserved(5), *down([530, 550, 570], x=500 + 2.5 * HEIGHT)]
    assert directions(count(before, after)) == []
    assert directions(count(before, after, parameters=replace(DEFAULTS, relink_distance=5.0))) == ["IN"]


def test_a_person_hidden_for_longer_may_have_walked_further() -> None:
    """The person stood still, so the predicted position does not move."""
    before = down([440] * 10)
    after = [*unobserved(20), *down([520, 540, 560])]
    assert directions(count(before, after)) == ["IN"]
    assert directions(count(before, after, parameters=replace(DEFAULTS, relink_speed=0.0))) == []


def test_a_person_beyond_the_line_is_not_the_one_who_stood_before_it_thanks_to_relink_turn_distance() -> None:
    """Within 0.3 s nobody sets off and walks 0.6 heights; somebody who walks may."""
    standing, walking = down([460] * 10), down([400, 412, 424, 436, 448, 460])
    for before, expected in ((standing, []), (walking, ["IN"])):
        after = [*unobserved(len(before) + 2), *down([520, 535, 550, 565])]
        assert directions(count(before, after)) == expected
        undirected = replace(DEFAULTS, relink_turn_distance=DEFAULTS.relink_distance)
        assert directions(count(before, after, parameters=undirected)) == ["IN"]


def test_a_person_who_walks_away_from_the_line_is_not_the_one_who_appears_beyond_it() -> None:
    leaving = down([474, 470, 466, 462, 458])
    after = [*unobserved(7), *down([515, 530, 545, 560])]
    assert directions(count(leaving, after)) == []
    undirected = replace(DEFAULTS, relink_turn_distance=DEFAULTS.relink_distance)
    assert directions(count(leaving, after, parameters=undirected)) == ["IN"]


def test_a_new_track_on_the_same_side_continues_a_person_who_stood() -> None:
    """The line is not between them, so relinking makes no crossing; the person then walks through once."""
    standing = down([440] * 10)
    after = [*unobserved(12), *down([490, 505, 520, 540, 560], x=530)]
    assert directions(count(standing, after)) == ["IN"]


def test_a_new_track_of_another_size_is_another_person() -> None:
    def count_with(parameters: CounterParameters) -> list[str]:
        counter = LineCounter(LINE, parameters)
        crossings = []
        for frame, y in enumerate((440, 460, 480)):
            crossings += counter.update([TrackObservation(1, 500, y, HEIGHT, 30)], frame, frame / FPS)
        for frame, y in enumerate((530, 550, 570), 5):
            crossings += counter.update([TrackObservation(2, 500, y, HEIGHT / 2, 15)], frame, frame / FPS)
        return directions(crossings)

    assert count_with(DEFAULTS) == []
    assert count_with(replace(DEFAULTS, relink_size_ratio=0.4)) == ["IN"]


def test_a_track_that_switches_from_a_mannequin_to_a_passer_by_counts_nothing_thanks_to_max_speed() -> None:
    switching = [*down([400.0] * 20), *down([510, 525, 540, 560, 580])]
    assert directions(count(switching)) == []
    assert directions(count(switching, parameters=replace(DEFAULTS, max_speed=100.0))) == ["IN"]


def test_a_person_taken_over_by_a_switched_track_continues_under_its_id() -> None:
    walking = [*down([650, 630, 610, 590]), *unobserved(11)]
    mannequin = [*down([400.0] * 5), *down([550, 530, 510, 490, 470, 450, 430])]
    assert directions(count(walking, mannequin)) == ["OUT"]


def test_a_runner_is_not_a_switched_track() -> None:
    assert directions(count(down([440, 470, 500, 530, 560]))) == ["IN"]


def test_the_nearest_lost_track_is_relinked_when_two_people_are_lost_together() -> None:
    """They come from opposite sides and both get new ids; each keeps their own side."""
    coming = [*down([440, 460, 480, 495], x=480)]
    going = [*down([560, 540, 520, 505], x=520)]
    came = [*unobserved(6), *down([530, 550, 570], x=480)]
    went = [*unobserved(6), *down([470, 450, 430], x=520)]
    assert sorted(directions(count(coming, going, came, went))) == ["IN", "OUT"]


def test_a_track_that_ends_right_after_the_line_counts_thanks_to_track_end_depth() -> None:
    ending = [*down([440, 460, 480, 495, 506]), *unobserved(30)]
    assert directions(count(ending, finish=False)) == ["IN"]
    assert directions(count(ending, parameters=replace(DEFAULTS, track_end_depth=1.0))) == []


def test_a_track_that_starts_right_before_the_line_counts_thanks_to_track_start_depth() -> None:
    starting = down([494, 505, 520, 540])
    assert directions(count(starting)) == ["IN"]
    assert (
        directions(count(starting, parameters=replace(DEFAULTS, track_start_depth=1.0, track_start_window_s=0.0))) == []
    )


def test_a_track_that_starts_on_the_line_and_leaves_it_came_through_thanks_to_track_start_window() -> None:
    leaving = down([501, 507, 516, 526, 538])
    assert directions(count(leaving)) == ["IN"]
    assert directions(count(leaving, parameters=replace(DEFAULTS, track_start_window_s=0.0))) == []


def test_a_track_that_starts_on_the_line_and_stays_did_not_come_through_it() -> None:
    staying = down([501.0 + 2 * step for step in range(40)])
    assert directions(count(staying)) == []
    assert directions(count([*staying, *down([560, 530, 497, 470])])) == ["OUT"]


def test_a_track_that_starts_beyond_an_end_of_the_line_did_not_come_through_it() -> None:
    line = (400.0, 500.0, 600.0, 500.0)
    assert directions(count(down([501, 507, 516, 526, 538], x=300.0), line=line)) == []


def test_a_track_that_ends_on_the_line_counts_nothing() -> None:
    assert directions(count([*down([440, 460, 480, 495, 502]), *unobserved(30)])) == []


def test_a_track_that_ends_before_the_line_counts_nothing() -> None:
    assert directions(count([*down([440, 460, 480, 492]), *unobserved(30)])) == []


def test_a_clip_that_ends_right_after_the_passage_counts_it() -> None:
    assert directions(count(down([440, 460, 480, 495, 506]))) == ["IN"]


def test_a_gap_is_measured_from_the_last_observed_point() -> None:
    assert directions(count([*down([440, 460, 480]), *unobserved(8), *down([560, 580])])) == ["IN"]


def test_a_crossing_after_lingering_is_dated_to_shortly_after_the_passage() -> None:
    lingering = down([440, 470, 490, *[505] * 30, 530, 560])
    (crossing,) = count(lingering)
    assert abs(crossing.t - (0.2 + DEFAULTS.max_delay_s)) < 0.11
    (late,) = count(lingering, parameters=replace(DEFAULTS, max_delay_s=60.0))
    assert late.t > 3


def test_a_crossing_is_never_dated_after_the_frame_that_reports_it() -> None:
    counter = LineCounter(LINE)
    for frame, y in enumerate(THROUGH):
        for crossing in counter.update([TrackObservation(1, 500, y, HEIGHT, 30)], frame, frame / FPS):
            assert crossing.t <= frame / FPS
            assert crossing.frame <= frame


def test_ids_below_one_are_ignored() -> None:
    counter = LineCounter(LINE)
    crossings = []
    for frame, y in enumerate(THROUGH):
        crossings += counter.update([TrackObservation(-1, 500, y, HEIGHT, 30)], frame, frame / FPS)
    assert crossings == []


def test_people_are_removed_so_that_memory_stays_bounded() -> None:
    parameters = replace(DEFAULTS, max_people=10)
    counter = LineCounter(LINE, parameters)
    for frame in range(1000):
        counter.update([TrackObservation(frame + 1, (frame % 7) * 140, 100, HEIGHT, 30)], frame, frame / FPS)
        assert counter.person_count <= parameters.max_people + 1
    counter.update([], 1000, 1000 / FPS + DEFAULTS.memory_s + 1)
    assert counter.person_count == 0


def test_tracks_near_the_line_are_counted() -> None:
    counter = LineCounter(LINE)
    for frame, y in enumerate(THROUGH):
        counter.update(
            [TrackObservation(1, 500, y, HEIGHT, 30), TrackObservation(2, 500, 100, HEIGHT, 30)], frame, frame / FPS
        )
    assert counter.near_line == 1
