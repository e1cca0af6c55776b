"""New migrations only add, and take no lock that requests wait for: the rules of docs/data-model.md."""

from __future__ import annotations

import re

import pytest

from db.timescale.migrations.sql import FOLDER, split_statements

RULES = {
    "drops what the running version may read": r"\bDROP\s+(?:TABLE|VIEW|MATERIALIZED VIEW|COLUMN|SCHEMA)\b",
    "renames what the running version may read": r"\bRENAME\s+(?:TO|COLUMN|CONSTRAINT)\b",
    "rewrites the table": r"\bALTER\s+(?:COLUMN\s+)?\w+\s+(?:SET\s+DATA\s+)?TYPE\b|\bSET\s+TABLESPACE\b",
    "reads the whole table under an exclusive lock": r"\bSET\s+NOT\s+NULL\b"
    r"|^ALTER\s+TABLE\b(?![\s\S]*\bADD\s+COLUMN\b)(?![\s\S]*\bNOT\s+VALID\b)[\s\S]*\bADD\s+(?:CONSTRAINT\b[\s\S]*)?"
    r"(?:CHECK|FOREIGN\s+KEY|UNIQUE|PRIMARY\s+KEY)\b",
    "fails for the inserts of the running version": r"\bADD\s+COLUMN\s+\w+\s+[^,;]*?\bNOT\s+NULL\b"
    r"(?![^,;]*\bDEFAULT\b)",
    "writes every row": r"\bADD\s+COLUMN\s+\w+\s+[^,;]*\bGENERATED\s+ALWAYS\s+AS\s*\("
    r"|\bDEFAULT\s+(?:gen_random_uuid|random)\(",
    "takes a lock by itself": r"\bLOCK\s+TABLE\b|\bTRUNCATE\b|\bCLUSTER\b|\bVACUUM\s+FULL\b",
}
"""What a statement must not do, and how it is recognised."""
FIRST = 37
"""Migrations from this one on follow the rules; those before were written before the first release."""
LARGE = ("events", "camera_minutes", "audit_log", "store_days")
"""Tables on which an index takes long to build."""
EXCEPTION = re.compile(r"^-- *locks: +\S+(?: +\S+){3,}$", re.MULTILINE)
"""`-- locks: why it is safe` in the file allows what the rules forbid."""


def findings(statement: str, created: set[str]) -> list[str]:
    """Return what a statement does against the rules.

    Args:
        statement: one statement, without comments.
        created: tables that the same file has created before, which nobody uses yet.
    """
    found = [name for name, pattern in RULES.items() if re.search(pattern, statement, re.IGNORECASE)]
    index = re.match(r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+\w+\s+ON\s+(\w+)", statement, re.IGNORECASE)
    if index and index[1] in LARGE:
        found.append("blocks writes while an index of a large table is built")
    table = re.match(r"(?:ALTER\s+TABLE|CREATE\s+INDEX\s+\w+\s+ON)\s+(\w+)", statement, re.IGNORECASE)
    if re.match(r"UPDATE\s+(\w+)\b(?![\s\S]*\bWHERE\b)", statement, re.IGNORECASE):
        found.append("writes every row in one transaction")
    return [] if table and table[1] in created else found


def file_findings(text: str) -> list[str]:
    """Return what a file of SQL does against the rules, unless it says why that is safe."""
    if EXCEPTION.search(text):
        return []
    created: set[str] = set()
    found = []
    for statement in split_statements(text):
        if made := re.match(r"CREATE\s+TABLE\s+(\w+)", statement, re.IGNORECASE):
            created.add(made[1])
        found += findings(statement, created)
    return found


FILES = sorted(path for path in FOLDER.glob("[0-9]*.sql") if int(path.name[:4]) >= FIRST)


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_a_migration_takes_no_lock_that_requests_wait_for(name: str) -> None:
    assert file_findings((FOLDER / name).read_text()) == [], "see docs/data-model.md, or say why: `-- locks: …`"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("ALTER TABLE stores DROP COLUMN name;", "drops"),
        ("DROP TABLE wall_links;", "drops"),
        ("ALTER TABLE stores RENAME COLUMN name TO title;", "renames"),
        ("ALTER TABLE events ALTER COLUMN tracker_id TYPE integer;", "rewrites"),
        ("ALTER TABLE stores ALTER COLUMN country SET NOT NULL;", "reads"),
        ("ALTER TABLE stores ADD CONSTRAINT c CHECK (capacity > 0);", "reads"),
        ("ALTER TABLE stores ADD COLUMN area real NOT NULL;", "fails"),
        ("ALTER TABLE stores ADD COLUMN code uuid DEFAULT gen_random_uuid();", "writes"),
        ("CREATE INDEX events_tracker_id_idx ON events (tracker_id);", "blocks"),
        ("LOCK TABLE stores;", "takes"),
        ("UPDATE stores SET capacity = 1;", "writes every row in one"),
    ],
)
def test_a_statement_that_breaks_a_rule_is_found(statement: str, problem: str) -> None:
    [found] = file_findings(statement)
    assert found.startswith(problem)
    assert file_findings(f"-- locks: the table has one row\n{statement}") == []
    assert file_findings(f"-- locks: yes\n{statement}") == [found], "that is no reason"


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE stores ADD COLUMN area real;",
        "ALTER TABLE stores ADD COLUMN area real NOT NULL DEFAULT 0;",
        "ALTER TABLE stores ADD CONSTRAINT c CHECK (capacity > 0) NOT VALID;",
        "CREATE TABLE new (a int);\nALTER TABLE new ADD CONSTRAINT c CHECK (a > 0);\nCREATE INDEX i ON new (a);",
        "CREATE INDEX incidents_type_idx ON incidents (type);",
        "GRANT SELECT (name) ON stores TO metrica_api;",
    ],
)
def test_a_statement_that_only_adds_is_allowed(text: str) -> None:
    assert file_findings(text) == []
