"""The hooks of MkDocs: pages that are made from the sources, and links to files outside of `docs/`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import edge_worker.cli
import local.cli
import server.cli
from db.timescale.tables.columns import metadata
from functions.ingest.openapi import document as ingest_document
from scripts.docs_reference.commands import commands_page
from scripts.docs_reference.database import database_page
from scripts.docs_reference.http_api import http_api_page
from scripts.docs_reference.settings import settings_page

ROOT = Path(__file__).resolve().parents[1]
ROOT_PAGES: Mapping[str, str] = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/vulnerabilities.md",
    "CODE_OF_CONDUCT.md": "project/conduct.md",
    "LICENSE": "project/licence.md",
}
"""Files of the repository that are pages of the site, by their names."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from the sources, and those of the repository."""
    pages = {**reference_pages(), **{page: _root_page(name) for name, page in ROOT_PAGES.items()}}
    for address, content in pages.items():
        files.append(File.generated(config, address, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Let links to files of the repository lead to their pages, and show which commands no test runs."""
    return with_visible_marks(with_site_links(markdown, page.file.src_uri))


def with_visible_marks(markdown: str) -> str:
    """Return the text of a page that shows the reasons of its marks `<!-- not-run: reason -->`."""
    return re.sub(r"^<!-- not-run: (.+) -->$", r"*Not run by a test: \1.*\n", markdown, flags=re.MULTILINE)


def with_site_links(markdown: str, source: str) -> str:
    """Return the text of a page with its links to the pages of `ROOT_PAGES`, and from those to `docs/`, adapted.

    Args:
        markdown: The text of the page.
        source: The address of the page below `docs/`, such as `decisions/README.md`.
    """
    folder = source.rpartition("/")[0]
    home = {page: name for name, page in ROOT_PAGES.items()}.get(source)

    def adapted(match: re.Match[str]) -> str:
        target, fragment = match["target"], match["fragment"] or ""
        from_root = target if home is not None else target.removeprefix("../" * (folder.count("/") + bool(folder) + 1))
        if from_root in ROOT_PAGES and (home is not None or from_root != target):
            return f"]({relpath(ROOT_PAGES[from_root], folder or '.')}{fragment})"
        if home is not None and target.startswith("docs/"):
            return f"]({relpath(target.removeprefix('docs/'), folder or '.')}{fragment})"
        return match[0]

    return re.sub(r"\]\((?P<target>[^)#:\s]+)(?P<fragment>#[^)\s]*)?\)", adapted, markdown)


def reference_pages() -> Mapping[str, str]:
    """Return the text of each page of the reference, by its address below `docs/`."""
    return {
        "reference/commands.md": commands_page(
            edge_worker.cli.build_parser(), local.cli.build_parser(), server.cli.build_parser()
        ),
        "reference/settings.md": settings_page(),
        "reference/tables.md": database_page(metadata),
        "reference/owner-api.md": http_api_page(
            _document("owner"),
            "Owner API",
            "What the dashboard reads and writes. The bearer token is an access token of Supabase. A store that is not "
            "yours is answered as if it did not exist (404).",
        ),
        "reference/admin-api.md": http_api_page(
            _document("admin"), "Admin API", "What the admin pages read and write. The caller must be a superadmin."
        ),
        "reference/ingest-api.md": http_api_page(
            ingest_document(),
            "Ingest API",
            "What the edge worker calls, with the worker key of its store in `X-Worker-Key`. [How the worker delivers]"
            "(../edge.md#how-it-delivers) says when.",
        ),
    }


def _root_page(name: str) -> str:
    text = (ROOT / name).read_text()
    return text if name.endswith(".md") else f"# Licence\n\n```text\n{text}```\n"


def _document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((ROOT / "web" / "client" / "openapi" / f"{name}.json").read_text())
    return document
