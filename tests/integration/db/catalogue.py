"""A normalised description of a database's schema, to compare two schemas with.

    python -m tests.integration.db.catalogue postgresql://… > catalogue.txt

Each entry is one database object, such as a column or a job, with its definition. Entries are sorted by name. Object
ids, generated names, and the comments and the layout of SQL bodies are left out. The schema that Alembic needs for
itself (`alembic_version`) and the objects of the TimescaleDB extension are left out too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]
Catalogue = dict[str, str]
"""The definition of each database object, by its kind and name."""

OURS = "n.nspname IN ('public', 'analytics') AND c.relname <> 'alembic_version'"
NOT_OF_AN_EXTENSION = "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
RELATION_KINDS = {"r": "table", "v": "view", "S": "sequence"}
QUERIES = {
    "relation": f"""
        SELECT c.oid::regclass::text, c.relkind::text, coalesce(array_to_string(c.reloptions, ', '), '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} AND c.relkind IN ('r', 'v', 'S')""",
    "column": f"""
        SELECT c.oid::regclass || '.' || lpad(a.attnum::text, 2, '0') || ' ' || a.attname,
               format_type(a.atttypid, a.atttypmod),
               CASE WHEN a.attnotnull THEN 'NOT NULL' ELSE '' END,
               CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY' ELSE '' END,
               coalesce('DEFAULT ' || pg_get_expr(v.adbin, v.adrelid), '')
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef v ON v.adrelid = c.oid AND v.adnum = a.attnum
        WHERE {OURS} AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": f"""
        SELECT c.oid::regclass || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} AND k.contype <> 'n'""",
    "index": f"""
        SELECT c.oid::regclass || '.' || i.relname, pg_get_indexdef(x.indexrelid)
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_class c ON c.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS}""",
    "index of aggregate": """
        SELECT a.view_name || '.' || i.indexname, i.indexdef
        FROM timescaledb_information.continuous_aggregates a
        JOIN pg_indexes i ON i.schemaname = a.materialization_hypertable_schema
          AND i.tablename = a.materialization_hypertable_name""",
    "trigger": rf"""
        SELECT c.oid::regclass || '.' || t.tgname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} AND NOT t.tgisinternal AND t.tgname NOT LIKE 'ts\_%'""",
    "function": f"""
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('public', 'analytics') AND p.prokind IN ('f', 'p')
          AND {NOT_OF_AN_EXTENSION.format(oid="p.oid")}""",
    "view": """
        SELECT format('%s.%s', schemaname, viewname), definition FROM pg_views
        WHERE schemaname = 'analytics'""",
    "aggregate": """
        SELECT view_name, materialized_only, view_definition FROM timescaledb_information.continuous_aggregates""",
    "hypertable": """
        SELECT d.hypertable_name, d.column_name, d.time_interval, h.compression_enabled
        FROM timescaledb_information.dimensions d JOIN timescaledb_information.hypertables h
          USING (hypertable_schema, hypertable_name)
        WHERE hypertable_schema = 'public'""",
    "aggregate's hypertable": """
        SELECT a.view_name, d.column_name, d.time_interval
        FROM timescaledb_information.continuous_aggregates a JOIN timescaledb_information.dimensions d
          ON d.hypertable_name = a.materialization_hypertable_name""",
    "columnstore": """
        SELECT hypertable::text, segmentby, orderby FROM timescaledb_information.hypertable_columnstore_settings""",
    "job": """
        SELECT coalesce(hypertable_name || '.', '') || proc_name, schedule_interval, max_runtime, max_retries,
               retry_period, scheduled, fixed_schedule, config
        FROM timescaledb_information.jobs WHERE job_id >= 1000""",
    "role": """
        SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolinherit FROM pg_roles
        WHERE rolname ~ '^metrica_(analyst|ingest|api|admin|maintenance)$'""",
    "grant": f"""
        SELECT 'on ' || c.oid::regclass || ' to ' || coalesce(r.rolname, 'PUBLIC'),
               string_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' (grantable)' ELSE '' END, ', '
                          ORDER BY x.privilege_type)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(c.relacl) x LEFT JOIN pg_roles r ON r.oid = x.grantee
        WHERE {OURS} AND x.grantee <> c.relowner GROUP BY 1""",
    "grant on columns": f"""
        SELECT 'of ' || c.oid::regclass || ' to ' || coalesce(r.rolname, 'PUBLIC'), x.privilege_type,
               string_agg(a.attname::text, ', ' ORDER BY a.attname)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(a.attacl) x LEFT JOIN pg_roles r ON r.oid = x.grantee
        WHERE {OURS} GROUP BY 1, 2""",
    "grant on schema": """
        SELECT n.nspname || ' to ' || coalesce(r.rolname, 'PUBLIC'), string_agg(x.privilege_type, ', ' ORDER BY 1)
        FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) x LEFT JOIN pg_roles r ON r.oid = x.grantee
        WHERE n.nspname IN ('public', 'analytics') AND x.grantee <> n.nspowner GROUP BY 1""",
    "grant on database": """
        SELECT 'to ' || coalesce(r.rolname, 'PUBLIC'), string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type)
        FROM pg_database b CROSS JOIN LATERAL aclexplode(b.datacl) x LEFT JOIN pg_roles r ON r.oid = x.grantee
        WHERE b.datname = current_database() AND x.grantee <> b.datdba GROUP BY 1""",
    "grant on function": f"""
        SELECT p.oid::regprocedure || ' to ' || coalesce(r.rolname, 'PUBLIC'), x.privilege_type
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
        LEFT JOIN pg_roles r ON r.oid = x.grantee
        WHERE n.nspname IN ('public', 'analytics') AND x.grantee <> p.proowner
          AND {NOT_OF_AN_EXTENSION.format(oid="p.oid")}""",
    "comment": f"""
        SELECT c.oid::regclass || coalesce('.' || a.attname, ''), d.description
        FROM pg_description d JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
        WHERE {OURS}""",
    "initial row": "SELECT 'aggregate_refresh', count(*) FROM aggregate_refresh",
}


def read_catalogue(connection: Connection) -> Catalogue:
    """Return the definition of every object of the schema."""
    found: Catalogue = {}
    aggregates = dict(
        connection.execute(
            "SELECT materialization_hypertable_name, view_name FROM timescaledb_information.continuous_aggregates"
        ).fetchall()
    )
    for kind, query in QUERIES.items():
        for name, *values in connection.execute(query.encode()).fetchall():
            parts = [RELATION_KINDS.get(value, value) if kind == "relation" else value for value in values]
            if kind == "grant on columns":
                kind_and_name = f"grant {parts.pop(0)} on columns {name}"
            else:
                kind_and_name = f"{kind} {name}"
            definition = " ".join(text for text in map(_text, parts) if text)
            found[_without_ids(kind_and_name, aggregates)] = _without_ids(definition, aggregates)
    return found


def render(catalogue: Catalogue) -> str:
    """Return a catalogue as text: an entry per line; the lines of a longer definition are indented below its name."""
    return "".join(f"{name}:{_indented(catalogue[name])}\n" for name in sorted(catalogue))


def parse(text: str) -> Catalogue:
    """Return the catalogue that `render` wrote."""
    found: Catalogue = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("  "):
            found[name] = f"{found[name]}\n{line[2:]}".lstrip("\n")
        else:
            name, _, definition = f"{line} ".partition(": ")
            found[name] = definition.rstrip()
    return found


def relations(url: str) -> set[str]:
    """Return the names of the tables, views, aggregates and sequences of a database."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('public', 'analytics') AND c.relkind IN ('r', 'v', 'm', 'S')"
        )
        return {row[0] for row in rows}


def _indented(definition: str) -> str:
    if "\n" not in definition:
        return f" {definition}".rstrip()
    return "".join(f"\n  {line}" for line in definition.splitlines())


def _text(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps({key: value[key] for key in sorted(value) if not key.endswith("hypertable_id")})
    return _lines(str(value).splitlines()) if isinstance(value, str) else str(value)


def _lines(lines: Iterable[str]) -> str:
    """Return SQL without comments, and with single spaces."""
    plain = (re.sub(r"\s+", " ", re.sub(r"--.*", "", line)).strip() for line in lines)
    return "\n".join(line for line in plain if line)


def _without_ids(text: str, aggregates: dict[str, str]) -> str:
    for hypertable, aggregate in aggregates.items():
        text = re.sub(rf"\b{hypertable}\b|{hypertable}(?=_)", f"[{aggregate}]", text)
    return text


def main() -> None:
    """Print the catalogue of the database whose URL is the first argument."""
    with psycopg.connect(sys.argv[1], autocommit=True, prepare_threshold=None) as connection:
        print(render(read_catalogue(connection)), end="")


if __name__ == "__main__":
    main()
