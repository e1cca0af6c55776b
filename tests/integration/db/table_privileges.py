"""What each group role may do with our tables and views, one line for each role, privilege and table.

python -m tests.integration.db.table_privileges postgresql://… > tests/integration/db/table_privileges.txt
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import psycopg

from db.timescale.privileges import LOGINS

FILE = Path(__file__).with_name("table_privileges.txt")

QUERY = """
SELECT format('%%s %%s %%s.%%s', login, privilege, n.nspname, c.relname) || CASE
  WHEN has_table_privilege(login, c.oid, privilege) THEN ''
  ELSE ' (' || (
    SELECT string_agg(attname, ', ' ORDER BY attname) FROM pg_attribute
    WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
      AND has_column_privilege(login, c.oid, attnum, column_privilege)
  ) || ')' END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(%(logins)s::text[]) login
CROSS JOIN (VALUES
  ('SELECT', 'SELECT'), ('INSERT', 'INSERT'), ('UPDATE', 'UPDATE'), ('REFERENCES', 'REFERENCES'),
  ('DELETE', NULL), ('TRUNCATE', NULL), ('TRIGGER', NULL)
) privileges (privilege, column_privilege)
WHERE n.nspname IN ('public', 'analytics') AND c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
"""


def read_table_privileges(connection: psycopg.Connection[Any]) -> list[str]:
    """Return the lines, sorted."""
    rows = connection.execute(QUERY, {"logins": list(LOGINS)}).fetchall()
    return sorted(row[0] for row in rows if row[0] is not None)


if __name__ == "__main__":
    with psycopg.connect(sys.argv[1], prepare_threshold=None) as opened:
        print("\n".join(read_table_privileges(opened)))
