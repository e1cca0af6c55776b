"""The comment with which every SQL statement of a request names it: `/*request_id='…'*/`.

The form is that of sqlcommenter, which monitoring of databases reads. The comment is in front, because
`pg_stat_activity` shows the beginning of a statement only (1 KiB by default). It costs no round trip and works through
PgBouncer, unlike a setting of the session. `pg_stat_statements` ignores comments when it groups statements. No
statement is prepared for the session, so no plan is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, cast

import psycopg
from psycopg.abc import Params, Query, QueryNoTemplate
from psycopg.rows import TupleRow

from .request_id import current_request_id


class CommentingCursor(psycopg.Cursor[TupleRow]):
    """A cursor that puts the comment in front of each statement. Outside of a request it changes nothing."""

    def execute(self, query: Query, params: Params | None = None, **options: Any) -> Self:
        """Execute a statement, as `psycopg.Cursor.execute` does."""
        return super().execute(_with_comment(query), params, **options)

    def executemany(self, query: Query, params_seq: Iterable[Params], **options: Any) -> None:
        """Execute a statement for each set of parameters, as `psycopg.Cursor.executemany` does."""
        super().executemany(_with_comment(query), params_seq, **options)


def _with_comment(query: Query) -> QueryNoTemplate:
    """Return the statement with the comment. One that is built by psycopg's `sql` or a template stays as it is."""
    request_id = current_request_id()
    if request_id is None:
        return cast(QueryNoTemplate, query)
    comment = f"/*request_id='{request_id}'*/ "  # only hexadecimal digits and hyphens: see choose_request_id
    if isinstance(query, str):
        return comment + query
    return comment.encode() + query if isinstance(query, bytes) else cast(QueryNoTemplate, query)
