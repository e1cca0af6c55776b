"""The pages of the documentation that are made from the sources."""

from __future__ import annotations

import pytest

import edge_worker.cli
import local.cli
from db.timescale.tables.columns import metadata
from functions.common import settings
from functions.common.incidents import CRITICAL_TYPES, INCIDENT_TITLES
from functions.ingest.openapi import document as ingest_document
from scripts.docs_reference.commands import commands_page, subcommands
from scripts.docs_reference.database import database_page
from scripts.docs_reference.http_api import http_api_page, operations, type_of
from scripts.docs_reference.settings import settings_page
from scripts.docs_site import ROOT, ROOT_PAGES, with_site_links, with_visible_marks


def test_every_command_and_option_is_on_the_page() -> None:
    parsers = (edge_worker.cli.build_parser(), local.cli.build_parser())
    page = commands_page(*parsers)
    for parser in parsers:
        for name, subparser in subcommands(parser):
            assert f"### {parser.prog} {name}\n" in page
            for action in subparser._actions:
                assert all(option in page for option in action.option_strings)


def test_every_setting_has_a_description_and_a_row() -> None:
    assert settings.DESCRIPTIONS.keys() == settings.DEFAULTS.keys()
    page = settings_page()
    for name in settings.DEFAULTS:
        assert f"| `{name}` | {settings.DESCRIPTIONS[name]} |" in page


def test_every_lambda_is_listed_with_its_settings() -> None:
    needed = [value for name, value in vars(settings).items() if name.endswith("_SETTINGS")]
    assert sorted(map(sorted, settings.SETTINGS_OF.values())) == sorted(map(sorted, needed))


def test_every_table_and_column_is_on_the_page() -> None:
    page = database_page(metadata)
    for table in metadata.tables.values():
        section = page.partition(f"## {table.name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in table.columns)


def test_every_operation_of_ingest_is_on_the_page() -> None:
    page = http_api_page(ingest_document(), "Ingest API", "")
    found = list(operations(ingest_document()))
    assert found
    for path, method, _ in found:
        assert f"### {method.upper()} {path} {{" in page


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "format": "uuid"}, "string (uuid)"),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "integer (at least 0, at most 9)"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Store"}}, "array of [Store](#store)"),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, "number or null"),
        ({"enum": ["IN", "OUT"]}, "`IN` or `OUT`"),
        ({"const": 1}, "`1`"),
        ({}, "any"),
    ],
)
def test_a_type_is_written_in_words(schema: dict[str, object], expected: str) -> None:
    assert type_of(schema) == expected


@pytest.mark.parametrize(
    ("markdown", "source", "expected"),
    [
        ("[a](../SECURITY.md)", "security.md", "[a](project/vulnerabilities.md)"),
        ("[a](../../CONTRIBUTING.md#test)", "decisions/0001.md", "[a](../project/contributing.md#test)"),
        ("[a](docs/edge.md#the-line)", "project/changelog.md", "[a](../edge.md#the-line)"),
        ("[a](LICENSE)", "project/contributing.md", "[a](licence.md)"),
        ("[a](edge.md)", "security.md", "[a](edge.md)"),
        ("[a](https://example.org/LICENSE)", "project/contributing.md", "[a](https://example.org/LICENSE)"),
    ],
)
def test_links_to_files_of_the_repository_lead_to_their_pages(markdown: str, source: str, expected: str) -> None:
    assert with_site_links(markdown, source) == expected


def test_the_reason_why_no_test_runs_a_command_is_shown() -> None:
    assert with_visible_marks("a\n\n<!-- not-run: it waits -->\n```sh\nb\n```\n") == (
        "a\n\n*Not run by a test: it waits.*\n\n```sh\nb\n```\n"
    )


def test_the_pages_of_the_repository_exist() -> None:
    assert all((ROOT / name).is_file() for name in ROOT_PAGES)


def test_the_page_of_incidents_has_each_type_with_its_severity() -> None:
    rows = (ROOT / "docs" / "incidents.md").read_text()
    for kind, title in INCIDENT_TITLES.items():
        severity = " (critical)" if kind in CRITICAL_TYPES else ""
        assert f"\n| {title}{severity} | " in rows
