"""Each page loads the catalogues of all texts that it can show: a text of another one is shown as its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[3] / "web"
IMPORT = re.compile(r'(?:import|export)\s+(type\s)?[^;"]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)')
CATALOGUE = re.compile(r"(\w+)(?:: LoadMessages =|: )\s*\(language\) =>\s*import\(`\.\./features/([a-z-]+)/locales/")
ADDED = re.compile(r"addCatalogue\(\(language\) => import\(`(\./|\.\./[a-z-]+/)locales/")
PAGE = re.compile(r'withMessages\(\s*import\("([^"]+)"\),([^)]*)\)')
FIRST_PAGE = re.compile(
    r'load: \(\) => import\("([^"]+)"\),\s*messages: \(language\) => import\(`\.\./features/([a-z-]+)/'
)
OF_UI = {"linkMessages": "ui/session", "incidentMessages": "ui/incidents"}
WHEN_SIGNED_IN = {"ui/problems"}
"""`loadProblemWords` loads it before the pages behind the sign-in."""


def resolved(app: str, importer: Path, name: str) -> Path | None:
    """Return the file of our own code that an import names; None for a package."""
    if name.startswith("#"):
        folder, rest = name[1:].split("/", 1)
        found = WEB / app / "src" / folder / rest
    elif name.startswith("@metrica/ui/"):
        found = WEB / "ui" / "src" / name.removeprefix("@metrica/ui/")
    elif name.startswith("."):
        found = (importer.parent / name).resolve()
    else:
        return None
    return found if found.suffix in {".ts", ".tsx"} and found.is_file() else None


def imported(app: str, file: Path) -> set[Path]:
    """Return a file with all files that it imports, now or later, except types."""
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        for is_type, now, later in IMPORT.findall(here.read_text(encoding="utf-8")):
            target = None if is_type else resolved(app, here, now or later)
            if target is not None:
                waiting.append(target)
    return found


def catalogue_of(file: Path) -> str | None:
    """Return the catalogue of the texts of a file; None for one that every page has."""
    parts = file.relative_to(WEB).parts
    if parts[2] == "features":
        return parts[3]
    if parts[:2] == ("ui", "src") and parts[2] in {"incidents", "palette", "problems", "session"}:
        return f"ui/{parts[2]}"
    return None


def needed(files: set[Path]) -> set[str]:
    """Return the catalogues of the texts in some files, without those that the files load themselves."""
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    shown = {catalogue_of(file) for file, text in texts.items() if re.search(r"@lingui/(core|react)/macro", text)}
    added = {
        catalogue_of((file.parent / where / "file.ts").resolve())
        for file, text in texts.items()
        for where in ADDED.findall(text)
    }
    return {name for name in shown - added if name is not None} - WHEN_SIGNED_IN


def pages(app: str) -> Iterator[tuple[Path, set[str]]]:
    """Yield the pages of an app, each with the catalogues that its route loads."""
    source = WEB / app / "src" / "app"
    router = (source / "router.tsx").read_text(encoding="utf-8")
    catalogues = OF_UI | dict(CATALOGUE.findall(router))
    for name, messages in PAGE.findall(router):
        page = resolved(app, source / "router.tsx", name)
        assert page is not None, name
        yield page, {catalogues[each] for each in re.findall(r"\w+", messages)}
    first_pages = source / "first-pages.ts"
    for name, catalogue in FIRST_PAGE.findall(first_pages.read_text(encoding="utf-8") if first_pages.is_file() else ""):
        page = resolved(app, first_pages, name)
        assert page is not None, name
        yield page, {catalogue}


@pytest.mark.parametrize(("app", "at_least"), [("admin", 11), ("dashboard", 15)])
def test_a_page_loads_the_catalogues_of_its_texts(app: str, at_least: int) -> None:
    found = dict(pages(app))
    assert len(found) >= at_least
    assert {
        page.name: lacking for page, loaded in found.items() if (lacking := needed(imported(app, page)) - loaded)
    } == {}


@pytest.mark.parametrize("app", ["admin", "dashboard"])
def test_what_the_layout_opens_loads_its_own_catalogues(app: str) -> None:
    layout = WEB / app / "src" / "app" / "signed-in-layout.tsx"
    assert needed(imported(app, layout)) == set()
