from __future__ import annotations

import numpy as np
import pytest

from edge_worker.video.frame import Image
from edge_worker.video.reduced_picture import grey_levels, mean_grey, pick_pixels


def noise(height: int, width: int) -> Image:
    """Grey noise, so that the grey level of a pixel is that of each of its colours."""
    grey = np.random.default_rng(7).integers(0, 256, (height, width, 1), np.uint8)
    return np.ascontiguousarray(np.repeat(grey, 3, axis=2))


@pytest.mark.parametrize(("step", "shape"), [(1, (48, 64)), (2, (48, 64)), (3, (48, 66)), (4, (48, 64))])
def test_the_picked_pixels_are_those_of_the_slice(step: int, shape: tuple[int, int]) -> None:
    picture = grey_levels(noise(*shape))
    np.testing.assert_array_equal(pick_pixels(picture, step), picture[::step, ::step])


def test_pixels_beyond_the_last_whole_step_are_left_out() -> None:
    picture = grey_levels(noise(49, 65))
    np.testing.assert_array_equal(pick_pixels(picture, 2), picture[:48:2, :64:2])


@pytest.mark.parametrize("factor", [2, 3, 4, 5, 8, 12])
def test_each_cell_is_the_mean_of_its_pixels(factor: int) -> None:
    image = noise(12 * factor, 16 * factor)
    means = image[..., 0].reshape(12, factor, 16, factor).mean(axis=(1, 3))
    # Each of the three halvings rounds.
    np.testing.assert_allclose(mean_grey(image, 16), means, atol=1.5)


@pytest.mark.parametrize(
    ("frame", "grid"),
    [((288, 384), (120, 160)), ((370, 1224), (48, 160)), ((100, 120), (100, 120)), ((1, 400), (1, 160))],
)
def test_the_grid_has_the_shape_of_the_frame(frame: tuple[int, int], grid: tuple[int, int]) -> None:
    image = np.full((*frame, 3), 90, np.uint8)
    np.testing.assert_array_equal(mean_grey(image, 160), np.full(grid, 90))
