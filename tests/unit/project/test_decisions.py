"""The decision records: each has a number of its own, says it in its title and is in the index."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))


def test_each_record_has_a_number_of_its_own() -> None:
    counts = Counter(record.name[:4] for record in RECORDS)
    assert [number for number, count in counts.items() if count > 1] == []
    assert len(RECORDS) > 40


def test_the_title_of_a_record_begins_with_its_number() -> None:
    wrong = [record.name for record in RECORDS if not record.read_text().startswith(f"# {int(record.name[:4])}. ")]
    assert wrong == []


def test_the_index_names_each_record_once() -> None:
    index = (FOLDER / "README.md").read_text()
    links = re.findall(r"\[(\d{4})\]\((\d{4}-[a-z0-9-]+\.md)\)", index)
    assert sorted(name for _, name in links) == [record.name for record in RECORDS]
    assert [name for number, name in links if not name.startswith(number)] == []
