"""Arrays as parameters: a statement about many stores has the same text and the same plan as one about few."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, TableValuedAlias, Uuid, any_, func, literal
from sqlalchemy.types import TypeEngine


def any_of(ids: Iterable[UUID]) -> ColumnElement[Any]:
    """Return `ANY (array)`, for the right side of a comparison."""
    return any_(literal(sorted(ids), ARRAY(Uuid[UUID]())))


def unnest_rows(name: str, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[tuple[Any, ...]]) -> TableValuedAlias:
    """Return a table of rows that are sent as one array per column.

    Args:
        name: the name of the table in the statement.
        columns: the names and the types of its columns.
        rows: at least one row; each has a value for every column.
    """
    arrays = zip(*rows, strict=True)
    values = [literal(list(array), ARRAY(of)) for array, of in zip(arrays, columns.values(), strict=True)]
    table = func.unnest(*values).table_valued(*(Column(column, of) for column, of in columns.items()))
    return table.render_derived(name=name)
