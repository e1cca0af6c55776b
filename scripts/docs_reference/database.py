"""The reference of the tables, from the metadata that the migrations are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import CheckConstraint, Column, MetaData, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def database_page(metadata: MetaData) -> str:
    """Return a Markdown page with the columns, keys, checks and indexes of every table."""
    parts = [
        "# Tables",
        "What the tables are for is in [the data model](../data-model.md). This page is made from the tables of "
        "`db/timescale/tables`, which a test compares with the catalogue of a migrated database.",
    ]
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        parts += [f"## {table.name}", "\n".join(_columns(table))]
        if constraints := sorted(_constraints(table)):
            parts.append("\n".join(constraints))
    return "\n\n".join(parts) + "\n"


def _columns(table: Table) -> Iterator[str]:
    yield "| column | type | null | default |"
    yield "|---|---|---|---|"
    for column in table.columns:
        kind = column.type.compile(dialect=_DIALECT).lower()
        yield f"| `{column.name}` | {kind} | {'yes' if column.nullable else 'no'} | {_default(column)} |"


def _default(column: Column[object]) -> str:
    if column.identity is not None:
        return "identity"
    if column.computed is not None:
        return "computed"
    default = column.server_default
    text = getattr(default, "arg", None)
    return f"`{_one_line(str(text))}`" if text is not None else ""


def _constraints(table: Table) -> Iterator[str]:
    if table.primary_key.columns:
        yield f"- Primary key: {_names(table.primary_key.columns)}"
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield f"- Unique: {_names(constraint.columns)}"
        elif isinstance(constraint, CheckConstraint):
            yield f"- Check: `{_one_line(str(constraint.sqltext))}`"
    for key in table.foreign_keys:
        yield f"- `{key.parent.name}` refers to `{key.target_fullname}`"
    for index in table.indexes:
        kind = "Unique index" if index.unique else "Index"
        condition = index.dialect_options["postgresql"]["where"]
        where = f" where `{_one_line(str(condition))}`" if condition is not None else ""
        yield f"- {kind}: {', '.join(f'`{_one_line(str(one))}`' for one in index.expressions)}{where}"


def _names(columns: Iterable[Column[Any]]) -> str:
    return ", ".join(f"`{column.name}`" for column in columns)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
