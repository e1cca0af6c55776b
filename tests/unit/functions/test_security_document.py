"""docs/security.md names tests and modules; they are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "security.md").read_text()
TESTS = sorted(set(re.findall(r"`((?:unit/|integration/|faults/)?[\w/]*(?:test_\w+\.py|/))`", TEXT)))
MODULES = sorted(set(re.findall(r"`((?:[\w./-]+/)?(?!test_)[a-z_]+\.py)`", TEXT)))


@pytest.mark.parametrize("name", TESTS)
def test_a_test_that_is_named_is_there(name: str) -> None:
    assert list((ROOT / "tests").rglob(name.rstrip("/"))) or (ROOT / "tests" / name).is_dir(), name


@pytest.mark.parametrize("name", MODULES)
def test_a_module_that_is_named_is_there(name: str) -> None:
    found = [path for folder in ("functions", "scripts") for path in (ROOT / folder).rglob(Path(name).name)]
    assert (ROOT / name).is_file() or any(path.as_posix().endswith(name) for path in found), name


def test_every_threat_names_its_test() -> None:
    rows = [line for line in TEXT.partition("## Threats")[2].splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 20
    assert all("`" in row.split("|")[3] for row in rows)
