"""Runs the SQL files of this folder."""

from __future__ import annotations

from pathlib import Path

from alembic import op

FOLDER = Path(__file__).parent


def run(name: str) -> None:
    """Run one file: each statement by itself, so that a message points at the right one.

    Statements end with `;` at the end of a line; a body between `$$` is one statement.
    """
    for statement in statements((FOLDER / name).read_text()):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def statements(text: str) -> list[str]:
    """Cut a file into statements, without comment lines."""
    found: list[str] = []
    current: list[str] = []
    in_body = False
    for line in text.splitlines():
        if not line.strip() or (line.lstrip().startswith("--") and not in_body):
            continue
        current.append(line)
        in_body ^= line.count("$$") % 2 == 1
        if line.rstrip().endswith(";") and not in_body:
            found.append("\n".join(current))
            current = []
    if current:
        raise ValueError(f"statement without an end: {current[0]}")
    return found
