"""The options of the demo, read from the environment."""

from __future__ import annotations

import pytest

from edge_worker.counting.line import Line
from local.demo.options import DemoOptions
from local.errors import DemoError


def test_empty_variables_count_as_missing() -> None:
    assert DemoOptions.from_env({"VIDEO": "", "LINE": " ", "CAMERAS": "", "DEMO_SECONDS": ""}) == DemoOptions()


def test_every_variable_is_read() -> None:
    environment = {"VIDEO": "a.mp4", "LINE": "0.1,0.5,0.9,0.5", "CAMERAS": "4", "DEMO_SECONDS": "90"}
    wanted = DemoOptions("a.mp4", Line(0.1, 0.5, 0.9, 0.5), 4, 90.0, "yolo11n")
    assert DemoOptions.from_env(environment, "yolo11n") == wanted


@pytest.mark.parametrize("seconds", ["soon", "0", "-5", "nan", "inf", "1e9"])
def test_invalid_seconds_are_refused_with_their_value(seconds: str) -> None:
    with pytest.raises(DemoError, match=f"DEMO_SECONDS={seconds} is not a number of seconds"):
        DemoOptions.from_env({"DEMO_SECONDS": seconds})


@pytest.mark.parametrize("cameras", ["0", "5", "-1", "two", "1.5"])
def test_an_invalid_number_of_cameras_is_refused_with_its_value(cameras: str) -> None:
    with pytest.raises(DemoError, match=f"CAMERAS={cameras} is not a number of cameras from 1 to 4"):
        DemoOptions.from_env({"CAMERAS": cameras})


@pytest.mark.parametrize("line", ["0.5", "a,b,c,d", "0,0,0,0", "0,0.5,2,0.5"])
def test_an_invalid_line_is_refused(line: str) -> None:
    with pytest.raises(DemoError, match="LINE: the line"):
        DemoOptions.from_env({"LINE": line})
