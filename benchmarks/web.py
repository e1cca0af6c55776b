"""What a browser downloads and how soon the first page answers."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from benchmarks.row import Row, at_most, missing

DIST = Path(__file__).parent.parent / "web" / "dashboard" / "dist"
FIRST_LOAD_KB = 170
_ENTRY = re.compile(r"""(?:src|href)="(/assets/[^"]+\.js)\"""")


def first_load_bytes(dist: Path = DIST) -> int:
    """Gzipped bytes of the JavaScript that `index.html` loads or preloads before the first page can be used.

    Raises:
        FileNotFoundError: the page has not been built.
    """
    page = (dist / "index.html").read_text(encoding="utf-8")
    return sum(len(gzip.compress((dist / name.lstrip("/")).read_bytes(), 9)) for name in set(_ENTRY.findall(page)))


def rows() -> list[Row]:
    """The dashboard's rows of the design's budgets."""
    if not (DIST / "index.html").is_file():
        return [missing("web.dashboard_first_load", "kB", "web/dashboard is not built: run `make setup`")]
    return [at_most("web.dashboard_first_load", first_load_bytes() / 1000, FIRST_LOAD_KB, "kB", "JavaScript, gzipped")]


if __name__ == "__main__":
    print(json.dumps([row.name + " " + str(row.value) for row in rows()]))
