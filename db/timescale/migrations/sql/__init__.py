"""The SQL of the migrations, one file for each."""

from __future__ import annotations

from pathlib import Path

from alembic import op

FOLDER = Path(__file__).parent


def execute_file(name: str) -> None:
    """Execute the statements of a file one by one, so that an error message points at the right one.

    Args:
        name: The file's name in this folder.
    """
    for statement in read_statements(name):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def read_statements(name: str) -> list[str]:
    """Return the statements of a file.

    Args:
        name: The file's name in this folder.
    """
    return split_statements((FOLDER / name).read_text())


def split_statements(text: str) -> list[str]:
    """Return the statements of an SQL text, without comment lines.

    A statement ends with `;` at the end of a line. A body between two `$$` belongs to one statement.

    Raises:
        ValueError: The last statement has no end.
    """
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
