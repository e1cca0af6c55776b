"""A camera with few frames per second has a warning: too few wanted, or too few reached while the edge box reports."""

from __future__ import annotations

import pytest

from functions.admin.camera_warnings import CameraWarningType, find_camera_warnings
from functions.common.limits import RELIABLE_FPS


@pytest.mark.parametrize(
    ("wanted", "reached", "is_online", "expected"),
    [
        (10, 9.5, True, None),
        (8, 8, True, None),
        (8, None, True, None),
        (7.9, 7.9, True, CameraWarningType.FEW_FRAMES_SET),
        (5, None, False, CameraWarningType.FEW_FRAMES_SET),
        (10, 7.9, True, CameraWarningType.FEW_FRAMES_REACHED),
        (10, 5, False, None),
    ],
)
def test_a_camera_is_warned_of_once(
    wanted: float, reached: float | None, is_online: bool, expected: CameraWarningType | None
) -> None:
    warnings = find_camera_warnings(wanted, reached, is_online=is_online)
    assert [warning.type for warning in warnings] == ([] if expected is None else [expected])


def test_the_facts_are_the_numbers_of_the_sentence() -> None:
    [few_set] = find_camera_warnings(6, None, is_online=False)
    assert few_set.message.startswith("6 frames/s are few for a door")
    assert few_set.facts == {"fps": 6, "reliable_fps": RELIABLE_FPS}
    [few_reached] = find_camera_warnings(10, 5.24, is_online=True)
    assert few_reached.message.startswith("The edge box analyses 5.2 frames/s.")
    assert few_reached.facts == {"fps": 5.24, "reliable_fps": RELIABLE_FPS}
