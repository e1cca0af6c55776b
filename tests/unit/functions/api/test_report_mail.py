"""The sentences of a report."""

from __future__ import annotations

from functions.api.kpi.enums import Note
from functions.api.report_mail import _NOTES


def test_every_note_has_its_words() -> None:
    # A report with a note that has none fails, and so does that of every other owner of the store.
    assert set(_NOTES) == set(Note)
