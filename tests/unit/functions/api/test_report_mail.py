"""The sentences of a report."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from functions.api.kpi.enums import Note
from functions.api.report_mail import _NOTES, _duration

BERLIN = ZoneInfo("Europe/Berlin")


def test_every_note_has_its_words() -> None:
    # A report with a note that has none fails, and so does that of every other owner of the store.
    assert set(_NOTES) == set(Note)


def test_an_incident_over_a_change_of_the_clocks_has_its_offsets() -> None:
    start = datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN)
    end = datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1)  # twenty minutes later
    assert _duration(start, end) == "from 2026-10-25 02:50 (UTC+0200), until 2026-10-25 02:10 (UTC+0100)"
    assert _duration(start.replace(day=24), start) == "from 2026-10-24 02:50, until 2026-10-25 02:50"
    assert _duration(start, None) == "from 2026-10-25 02:50, not ended"
