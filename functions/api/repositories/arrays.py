"""Arrays as parameters: a statement about many stores has the same text and the same plan as one about few."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, Dialect, Float, TableValuedAlias, Uuid, any_, func, literal
from sqlalchemy.types import TypeEngine, UserDefinedType


class _UuidArray(UserDefinedType[Sequence[UUID]]):
    """An array of UUIDs that is sent as one text: as objects, each of thousands is converted and quoted on its own."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type."""
        return "UUID[]"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:  # noqa: ARG002 - of the superclass
        """Return the function that makes the text."""
        return lambda ids: "{" + ",".join([each.hex for each in ids]) + "}"


def any_of(ids: Iterable[UUID]) -> ColumnElement[Any]:
    """Return `ANY (array)`, for the right side of a comparison."""
    return any_(literal(list(ids), _UuidArray()))


def unnest_rows(name: str, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[tuple[Any, ...]]) -> TableValuedAlias:
    """Return a table of rows that are sent as one array per column.

    Args:
        name: the name of the table in the statement.
        columns: the names and the types of its columns.
        rows: at least one row; each has a value for every column.
    """
    arrays = zip(*rows, strict=True)
    values = [_to_array(array, of) for array, of in zip(arrays, columns.values(), strict=True)]
    table = func.unnest(*values).table_valued(*(Column(column, of) for column, of in columns.items()))
    return table.render_derived(name=name)


def _to_array(values: Iterable[Any], of: TypeEngine[Any]) -> ColumnElement[Any]:
    if isinstance(of, Uuid):
        return literal(list(values), _UuidArray())
    if isinstance(of, Float):  # psycopg refuses a list of floats and integers, and the sum of nothing is an integer
        values = (None if value is None else float(value) for value in values)
    return literal(list(values), ARRAY(of))
