"""The output of the demo."""

from __future__ import annotations

import io

from local.demo.console import Console, status_line
from local.demo.worker import WorkerCounts


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_status_line_has_frames_counts_occupancy_and_backlog() -> None:
    line = status_line(75, WorkerCounts(4, 2, 750), [17], [{"fps": 9.96, "backlog": 3, "problem": None}])
    assert line == "1:15  750 frames (10.0/s)  in 4  out 2  inside 17  unsent 3"


def test_an_unknown_occupancy_is_not_shown_as_zero() -> None:
    assert "inside ?" in status_line(0, WorkerCounts(), [None], [{}])


def test_a_problem_of_the_worker_is_shown() -> None:
    statuses = [{"problem": "the backend answered 503"}, {}, {"problem": "the backend answered 503"}]
    assert status_line(0, WorkerCounts(), [1], statuses).endswith("unsent 0  the backend answered 503")


def test_the_numbers_of_several_cameras_are_added_up_and_each_store_has_its_occupancy() -> None:
    statuses = [{"fps": 9.96, "backlog": 3}, {"fps": 5.0, "backlog": 1}]
    line = status_line(75, WorkerCounts(4, 2, 750), [17, None], statuses)
    assert line == "1:15  750 frames (15.0/s)  in 4  out 2  inside 17 + ?  unsent 4"


def test_on_a_terminal_the_status_line_is_updated_in_place() -> None:
    terminal = Terminal()
    console = Console(terminal)
    console.update_status("one", 0)
    console.update_status("two", 1)
    console.print_line("three")
    assert terminal.getvalue() == "\r\x1b[2Kone\r\x1b[2Ktwo\nthree\n"


def test_without_a_terminal_the_status_line_is_printed_every_ten_seconds() -> None:
    file = io.StringIO()
    console = Console(file)
    for second in range(25):
        console.update_status(f"at {second}", second)
    assert file.getvalue().split("\n") == ["at 0", "at 10", "at 20", ""]
