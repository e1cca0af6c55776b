"""The demo's terminal."""

from __future__ import annotations

import io

from local.demo.screen import Screen, live_line
from local.demo.worker import Counted


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_live_line_has_frames_counts_occupancy_and_what_waits() -> None:
    line = live_line(75, Counted(4, 2, 750), 17, {"fps": 9.96, "backlog": 3, "problem": None})
    assert line == "1:15  750 frames (10.0/s)  in 4  out 2  inside 17  waiting 3"


def test_an_occupancy_that_is_not_known_is_no_zero() -> None:
    assert "inside ?" in live_line(0, Counted(), None, {})


def test_a_problem_of_the_worker_is_shown() -> None:
    assert live_line(0, Counted(), 1, {"problem": "the backend answered 503"}).endswith("the backend answered 503")


def test_on_a_terminal_the_following_line_stays_in_its_place() -> None:
    terminal = Terminal()
    screen = Screen(terminal)
    screen.follow("one", 0)
    screen.follow("two", 1)
    screen.say("three")
    assert terminal.getvalue() == "\r\x1b[2Kone\r\x1b[2Ktwo\nthree\n"


def test_in_a_file_it_is_printed_every_ten_seconds() -> None:
    file = io.StringIO()
    screen = Screen(file)
    for second in range(25):
        screen.follow(f"at {second}", second)
    assert file.getvalue().split("\n") == ["at 0", "at 10", "at 20", ""]
