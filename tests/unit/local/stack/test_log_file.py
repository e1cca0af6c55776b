"""The log file of a service."""

from __future__ import annotations

from pathlib import Path

from local.stack.service_process import LogFile


def test_the_last_line_is_the_last_one_with_text_in_it_without_colours(tmp_path: Path) -> None:
    path = tmp_path / "service.log"
    path.write_text("starting\n\x1b[31mError:\x1b[0m  no\tspace left\n\n  \n")
    assert LogFile(path).last_line() == "Error: no space left"


def test_lines_of_an_earlier_process_are_not_repeated(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "service.log")
    log.path.write_text("the run before\n")
    since = log.size()
    assert log.last_line(since) == ""
    with log.open() as sink:
        sink.write(b"this run\n")
    assert log.last_line(since) == "this run"


def test_a_long_log_is_rotated_at_the_next_start(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "service.log")
    log.path.write_bytes(b"x" * (10 * 2**20 + 1))
    log.open().close()
    assert log.size() == 0
    assert (tmp_path / "service.log.1").stat().st_size == 10 * 2**20 + 1


def test_a_log_is_rotated_while_the_service_writes_it(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "service.log")
    with log.open() as sink:
        sink.write(b"x" * (10 * 2**20 + 1))
        sink.flush()
        since = log.size()
        log.rotate()
        sink.write(b"later\n")
    assert log.path.read_text() == "later\n"
    assert (tmp_path / "service.log.1").stat().st_size == since
    assert log.last_line(since) == "later"


def test_a_log_is_readable_by_its_owner_only_also_after_a_rotation(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "service.log")
    log.path.write_text("of an older version\n")
    log.path.chmod(0o644)
    log.path.write_bytes(b"x" * (10 * 2**20 + 1))
    log.open().close()
    log.path.write_bytes(b"x" * (10 * 2**20 + 1))
    log.rotate()
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes == {"service.log": "0o600", "service.log.1": "0o600"}


def test_a_short_log_is_left_alone(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "service.log")
    log.path.write_text("short\n")
    log.rotate()
    assert log.path.read_text() == "short\n"
    assert not (tmp_path / "service.log.1").exists()
