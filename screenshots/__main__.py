"""`make screenshots`: take the pictures of every page into `build/screenshots`, and make the contact sheets."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from local.errors import LocalError
from local.stack.temporary import temporary_stack
from screenshots.browser import chromium
from screenshots.capture import Photographer
from screenshots.contact_sheet import write_contact_sheets
from screenshots.pictures import Picture, View, pictures, views
from screenshots.settings import write_admin_settings, write_owner_settings, write_past_incidents
from screenshots.showcase import write_showcase
from screenshots.stores import State

FOLDER: Final = Path("build") / "screenshots"


def main(argv: Sequence[str] | None = None) -> int:
    """Take the chosen pictures.

    Returns:
        The exit code: 0 done, 1 a page has problems or something is missing, 2 nothing was chosen.
    """
    parser = argparse.ArgumentParser(prog="python -m screenshots", description=__doc__)
    parser.add_argument("--pages", default="", help="patterns of pages, such as `store-full-*,sign-in`; default: all")
    parser.add_argument("--only", default="", help="patterns of pictures, such as `*-dark-360`; default: all")
    parser.add_argument("--output", type=Path, default=FOLDER, help=f"the folder of the pictures ({FOLDER})")
    parser.add_argument("--sheets", type=Path, help="the folder of the contact sheets; default: that of the pictures")
    parser.add_argument("--list", action="store_true", help="print the names of the pictures, and take none")
    arguments = parser.parse_args(argv)
    chosen = choose(arguments.pages, arguments.only)
    names = [picture.file_name for shown in chosen.values() for picture in shown]
    if not names:
        print("screenshots: no picture has such a name: `python -m screenshots --list` prints all", file=sys.stderr)
        return 2
    if arguments.list:
        print("\n".join(names))
        return 0
    try:
        problems = take(chosen, arguments.output)
    except LocalError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 1
    sheets = write_contact_sheets(list(chosen), arguments.output, arguments.sheets or arguments.output)
    print(f"screenshots: contact sheets: {', '.join(map(str, sheets))}")
    for problem in problems:
        print(f"screenshots: {problem}", file=sys.stderr)
    return 1 if problems else 0


def choose(pages: str, only: str) -> dict[View, list[Picture]]:
    """Return the chosen pictures of each view.

    Args:
        pages: Patterns of views, separated by commas; empty for all.
        only: Patterns of pictures without `.png`; empty for all.
    """
    found: dict[View, list[Picture]] = {}
    for view in views():
        if not _matches(view.key, pages):
            continue
        shown = [picture for picture in pictures(view) if _matches(Path(picture.file_name).stem, only)]
        if shown:
            found[view] = shown
    return found


def take(chosen: dict[View, list[Picture]], folder: Path) -> list[str]:
    """Start Chromium and a stack, take the pictures, and return what was wrong with the pages.

    Raises:
        LocalError: Chromium or something of the stack is missing.
    """
    started = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    total = sum(map(len, chosen.values()))
    with chromium() as browser, temporary_stack() as stack:
        _print(f"screenshots: the stack runs ({time.monotonic() - started:.0f} s); writing the stores")
        with write_showcase(stack, needed_states(chosen)) as showcase:
            wall = write_owner_settings(showcase)
            write_admin_settings(showcase)
            if State.DEGRADED in showcase.owners:
                write_past_incidents(showcase)
            _print(f"screenshots: taking {total} pictures ({time.monotonic() - started:.0f} s)")
            photographer = Photographer(browser, showcase, wall, folder)
            for view, shown in chosen.items():
                photographer.take(view, shown)
                _print(f"  {view.key}")
    _print(f"screenshots: {total} pictures in {folder}, {time.monotonic() - started:.0f} s")
    return photographer.problems


def needed_states(chosen: dict[View, list[Picture]]) -> frozenset[State]:
    """Return the states of the views. The working store is always written: the other pages are of it."""
    return frozenset({view.state for view in chosen}) | {State.FULL}


def _matches(name: str, patterns: str) -> bool:
    return not patterns or any(fnmatch(name, pattern.strip()) for pattern in patterns.split(","))


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
