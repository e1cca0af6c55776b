"""The line that the worker gets from the database, and the version that each of its minutes reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic, sleep
from typing import Any

import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.pipeline.frame_result import FrameResult
from tests.integration.edge_worker.real_ingest.conftest import Shop
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film, frame

pytestmark = pytest.mark.clock


def test_a_line_that_is_drawn_while_it_runs_counts_from_then_on(shop: Shop) -> None:
    def draw(index: int) -> None:
        if index == 1:
            shop.connection.execute(
                "UPDATE cameras SET line = '{0,0.7,1,0.7}', anchor = 'center' WHERE id = %s", [shop.box.camera_id]
            )

    feed = ScriptedFeed(film(1.2, {}), between=draw)
    shop.run(feed, pace="real-time")
    assert feed.lines == [(Line(0.0, 0.7, 1.0, 0.7), Anchor.CENTER)]


def minutes_of_lines(shop: Shop) -> list[tuple[Any, ...]]:
    return shop.connection.execute(
        "SELECT line_version, first_minute, last_minute FROM camera_line_minutes WHERE camera_id = %s"
        " ORDER BY first_minute",
        [shop.box.camera_id],
    ).fetchall()


def draw_line(shop: Shop) -> None:
    shop.connection.execute("UPDATE cameras SET line = '{0,0.7,1,0.7}' WHERE id = %s", [shop.box.camera_id])


def test_each_minute_reports_the_version_of_the_line_that_was_used(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(hours=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    start -= timedelta(days=1)
    deadline = monotonic() + 20

    def script() -> Iterator[FrameResult]:
        """Three minutes of frames; the line is drawn in the second and applies before its last frame."""
        yield frame(0, start)
        draw_line(shop)
        for index in count():
            yield frame(60 + index / 1000, start + timedelta(minutes=1, seconds=index / 1000))
            if feed.lines or monotonic() > deadline:
                break
            sleep(0.02)
        yield frame(119, start + timedelta(seconds=119))
        yield frame(120, start + timedelta(minutes=2))

    feed = ScriptedFeed(script(), is_live=True)
    assert shop.run(feed) == 0
    assert feed.lines == [(Line(0.0, 0.7, 1.0, 0.7), Anchor.FOOT)]
    assert minutes_of_lines(shop) == [
        (1, start, start + timedelta(minutes=1)),
        (2, start + timedelta(minutes=1), start + timedelta(minutes=2)),
    ]


def test_a_box_that_is_offline_keeps_the_old_line_and_reports_its_version(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    hours = [start + timedelta(hours=hour) for hour in range(6)]
    assert shop.run(ScriptedFeed([frame(0, hours[0])], is_live=True)) == 0
    draw_line(shop)
    shop.is_offline = True
    status_file = shop.options.outbox.with_name("status.json")
    feed = ScriptedFeed([frame(n, at) for n, at in enumerate(hours[1:5])], is_live=True)
    assert shop.run(feed, status_file=status_file) == 0
    status = json.loads(status_file.read_text())
    assert (status["uplink"], status["line_from"], status["line_version"]) == ("waiting", "default", 1)
    assert minutes_of_lines(shop) == [(1, hours[0], hours[0])]
    shop.is_offline = False
    assert shop.run(ScriptedFeed([frame(0, hours[5])], is_live=True)) == 0
    assert minutes_of_lines(shop) == [(1, hours[0], hours[4]), (2, hours[5], hours[5])]


def test_a_line_of_the_command_line_has_no_version(shop: Shop) -> None:
    start = (datetime.now(UTC) - timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    assert shop.run(ScriptedFeed([frame(0, start)], is_live=True), line=Line(0.5, 0, 0.5, 1)) == 0
    assert minutes_of_lines(shop) == [(None, start, start)]
