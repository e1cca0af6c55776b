"""What holds for every path."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from edge_worker.counting.parameters import CounterParameters
from tests.unit.edge_worker.counting.paths import LINE, Point, count, directions

EXAMPLES = settings(max_examples=60, deadline=None)
coordinates = st.floats(0, 1000, allow_nan=False, width=32)
points = st.tuples(coordinates, coordinates)
paths = st.lists(points, min_size=2, max_size=30)
lines = st.tuples(coordinates, coordinates, coordinates, coordinates).filter(
    lambda line: abs(line[0] - line[2]) + abs(line[1] - line[3]) > 100
)
EXACT = CounterParameters(
    dead_band=0.0, min_travel=0.0, track_start_depth=0.0, track_end_depth=9.0, max_delay_s=0.0, max_speed=math.inf
)


@EXAMPLES
@given(paths, lines)
def test_mirroring_the_frame_swaps_nothing_but_x(path: list[Point], line: tuple[float, float, float, float]) -> None:
    """The mirrored line runs from the image of b to that of a, so that its right-hand side is the image of IN's."""
    ax, ay, bx, by = line
    mirrored: list[Point] = [(1000 - point[0], point[1]) for point in path if point]
    there, here = count(mirrored, line=(1000 - bx, by, 1000 - ax, ay)), count(path, line=line)
    assert directions(there) == directions(here)


@EXAMPLES
@given(paths, lines)
def test_swapping_the_ends_swaps_in_and_out(path: list[Point], line: tuple[float, float, float, float]) -> None:
    swapped = {"IN": "OUT", "OUT": "IN"}
    ax, ay, bx, by = line
    there, here = count(path, line=(bx, by, ax, ay)), count(path, line=line)
    assert [swapped[name] for name in directions(there)] == directions(here)


@EXAMPLES
@given(paths)
def test_the_net_count_is_the_difference_of_the_sides_at_the_ends(path: list[Point]) -> None:
    """The line spans the frame, so every passage is between its ends; no point lies on it."""
    clear = [(x, y if y != 500 else 501.0) for x, y in (point for point in path if point)]
    counted = directions(count(clear, parameters=EXACT))
    sides = [y > 500 for _, y in clear]
    assert counted.count("IN") - counted.count("OUT") == int(sides[-1]) - int(sides[0])


@EXAMPLES
@given(paths, st.floats(0.05, 20))
def test_scaling_the_frame_changes_no_count(path: list[Point], factor: float) -> None:
    scaled: list[Point] = [(point[0] * factor, point[1] * factor) for point in path if point]
    ax, ay, bx, by = LINE
    line = (ax * factor, ay * factor, bx * factor, by * factor)
    assert directions(count(scaled, line=line, height=100 * factor)) == directions(count(path))


@EXAMPLES
@given(
    st.lists(st.tuples(st.floats(100, 900), st.sampled_from([250.0, 750.0])), min_size=2, max_size=5),
    st.floats(8, 30),
)
def test_the_frame_rate_changes_no_count_on_clean_tracks(corners: list[tuple[float, float]], fps: float) -> None:
    """Somebody walks from corner to corner, each well away from the line, in two seconds a leg."""

    def walked(rate: float) -> list[Point]:
        frames = int(2 * rate * (len(corners) - 1))
        walk: list[Point] = []
        for frame in range(frames + 1):
            part = min(frame / (2 * rate), len(corners) - 1)
            leg = min(int(part), len(corners) - 2)
            (x1, y1), (x2, y2) = corners[leg], corners[leg + 1]
            walk.append((x1 + (x2 - x1) * (part - leg), y1 + (y2 - y1) * (part - leg)))
        return [*walk, corners[-1]]

    assert directions(count(walked(fps), fps=fps)) == directions(count(walked(30.0), fps=30.0))


@EXAMPLES
@given(st.lists(st.floats(-0.07, 0.07), min_size=1, max_size=60))
def test_noise_smaller_than_the_dead_band_never_counts(noise: list[float]) -> None:
    parameters = replace(CounterParameters(), min_travel=0.0)
    path: list[Point] = [(500.0, 450.0), *((500.0, 500 + 100 * part) for part in noise), (500.0, 450.0)]
    assert directions(count(path, parameters=parameters)) == []
