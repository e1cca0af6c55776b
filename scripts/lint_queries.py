"""Find queries outside repository modules, and repository functions that are not limited to a tenant.

`python scripts/lint_queries.py [FOLDER]` (default: functions) prints `path:line: rule: what to do` for each finding. It
exits with 1 when there are findings. The Lambdas have no row-level security (TimescaleDB's aggregates do not support
it), so these rules and the tests of every route isolate the tenants.

    Q1  Only repository modules build or execute statements, or import the tables.
    Q2  No code commits or rolls back. The request does.
    Q3  SQL is a constant or built by SQLAlchemy. It is never assembled where it is executed.
    Q4  A repository function takes a scope, and uses it:
          owner API   a Caller or a ReadableStore
          admin API   a Superadmin (may read everything, so taking one is enough)
          ingest      the store_id of the worker key (except the lookup of the key)
    Q5  Only functions/common/tenancy.py creates a ReadableStore, only authentication.py a Superadmin.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

REPOSITORIES = ("functions/api/repositories/", "functions/admin/repositories/")
REPOSITORY_MODULES = frozenset(
    {
        "functions/common/audit.py",
        "functions/common/idempotency_records.py",
        "functions/common/incident_records.py",
        "functions/common/superadmins.py",
        "functions/common/unsubscription.py",
        "functions/common/users.py",
        "functions/common/tenancy.py",
        "functions/common/wall_access.py",
        "functions/incidents/repository.py",
        "functions/notifications/change_repository.py",
        "functions/notifications/delivery_repository.py",
        "functions/ingest/camera_repository.py",
        "functions/ingest/event_repository.py",
        "functions/ingest/authentication.py",
    }
)
DATABASE = "functions/common/database.py"
SQL_COMMENT = "functions/common/sql_comment.py"  # the cursor: it executes what repositories give it

# Modules of SQLAlchemy that do not build queries.
ALLOWED_IMPORTS = frozenset({"sqlalchemy.exc"})
EXECUTE_METHODS = frozenset({"execute", "executemany", "scalar", "scalars", "stream", "copy", "exec_driver_sql"})
TRANSACTION_METHODS = frozenset({"commit", "rollback"})
SQL_TEXT_FUNCTIONS = frozenset({"text", "literal_column", "SQL"})

SCOPE_TYPES = {
    "functions/api/repositories/": ("Caller", "ReadableStore"),
    "functions/admin/repositories/": ("Superadmin",),
}
# Modules that hold no tenant's data, or serve a scheduled job instead of a caller.
UNSCOPED_MODULES = frozenset({"functions/admin/repositories/maintenance.py"})
CONSTRUCTED_BY = {"ReadableStore": "functions/common/tenancy.py", "Superadmin": "functions/common/authentication.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Finding:
    """A violation of a rule, and what to do about it."""

    path: str
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"


def lint(path: str, source: str) -> list[Finding]:
    """Return the findings in one module.

    Args:
        path: relative to the root, with slashes.
        source: the text of the module.
    """
    tree = ast.parse(source, path)
    is_repository = path.startswith(REPOSITORIES) or path in REPOSITORY_MODULES
    found = [*_transaction_ends(path, tree), *_scope_constructions(path, tree)]
    if path not in {DATABASE, SQL_COMMENT} and not is_repository:
        found += _queries_outside_repositories(path, tree)
    if is_repository:
        found += [*_assembled_sql(path, tree), *_functions_without_scope(path, tree)]
    return sorted(found, key=lambda finding: finding.line)


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call with the last part of the called name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def _imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def _queries_outside_repositories(path: str, tree: ast.AST) -> Iterator[Finding]:
    for node, name in _imports(tree):
        is_sqlalchemy = name == "sqlalchemy" or name.startswith("sqlalchemy.")
        is_allowed = name in ALLOWED_IMPORTS or name.rpartition(".")[0] in ALLOWED_IMPORTS
        if is_sqlalchemy and not is_allowed:
            yield Finding(path, node.lineno, "Q1", f"import {name} in a repository module only")
        if name.startswith("db.timescale.tables") or name == "db.timescale.tables":
            yield Finding(path, node.lineno, "Q1", "import the tables in a repository module only")
    for part in ast.walk(tree):  # also without a call: `run = connection.execute`
        if isinstance(part, ast.Attribute) and part.attr in EXECUTE_METHODS:
            yield Finding(path, part.lineno, "Q1", f"move this {part.attr}() into a repository module")


def _transaction_ends(path: str, tree: ast.AST) -> Iterator[Finding]:
    if path == DATABASE:
        return
    for call, name in _calls(tree):
        if name in TRANSACTION_METHODS and isinstance(call.func, ast.Attribute):
            yield Finding(path, call.lineno, "Q2", f"remove {name}(): the request commits or rolls back")


def _assembled_sql(path: str, tree: ast.AST) -> Iterator[Finding]:
    for call, name in _calls(tree):
        if name in SQL_TEXT_FUNCTIONS and not all(isinstance(argument, ast.Constant) for argument in call.args):
            yield Finding(path, call.lineno, "Q3", f"pass a constant to {name}()")
        if name in EXECUTE_METHODS and isinstance(call.func, ast.Attribute) and call.args:
            statement = call.args[0]
            is_format = isinstance(statement, ast.Call) and getattr(statement.func, "attr", "") == "format"
            if isinstance(statement, ast.JoinedStr) or is_format or _is_string_concatenation(statement):
                yield Finding(path, call.lineno, "Q3", "pass values as parameters, not within the SQL")


def _is_string_concatenation(node: ast.expr) -> bool:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add | ast.Mod):
        return False
    return any(
        isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(node)
    )


def _functions_without_scope(path: str, tree: ast.Module) -> Iterator[Finding]:
    if path in UNSCOPED_MODULES:
        return
    for folder, kinds in SCOPE_TYPES.items():
        if path.startswith(folder):
            scope_types = {*kinds, *_classes_with_scope(tree, kinds)}
            for function in _public_functions(tree):
                arguments = {argument.arg: _names(argument.annotation) for argument in _arguments(function)}
                scopes = {name for name, types in arguments.items() if not scope_types.isdisjoint(types)}
                if not any("Connection" in types for types in arguments.values()):
                    continue
                if not scopes:
                    yield Finding(path, function.lineno, "Q4", f"{function.name}() must take a {' or a '.join(kinds)}")
                elif kinds != ("Superadmin",) and scopes.isdisjoint(_used(function)):
                    yield Finding(path, function.lineno, "Q4", f"{function.name}() must use its scope parameter")
    if path.startswith("functions/ingest/") and not path.endswith("authentication.py"):
        for function in _public_functions(tree):
            arguments = {argument.arg: _names(argument.annotation) for argument in _arguments(function)}
            takes_connection = any("Connection" in types for types in arguments.values())
            if takes_connection and not ("store_id" in arguments and "store_id" in _used(function)):
                yield Finding(path, function.lineno, "Q4", f"{function.name}() must take and use the key's store_id")


def _classes_with_scope(tree: ast.Module, kinds: tuple[str, ...]) -> set[str]:
    """Return the classes of the module that have a member of one of these types."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for member in node.body
        if isinstance(member, ast.AnnAssign) and not _names(member.annotation).isdisjoint(kinds)
    }


def _public_functions(tree: ast.Module) -> Iterator[Function]:
    """Yield the public functions of the module and the public methods of its classes."""
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        yield from (m for m in members if isinstance(m, Function) and not m.name.startswith("_"))


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _used(function: Function) -> set[str]:
    """Return the names that the body uses."""
    return {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}


def _names(annotation: ast.expr | None) -> set[str]:
    """Return the names in an annotation, which may be a string."""
    if annotation is None:
        return set()
    found = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    texts = (node.value for node in ast.walk(annotation) if isinstance(node, ast.Constant))
    return found.union(*(_names(ast.parse(text, mode="eval").body) for text in texts if isinstance(text, str)))


def _scope_constructions(path: str, tree: ast.AST) -> Iterator[Finding]:
    for call, name in _calls(tree):
        if name in CONSTRUCTED_BY and path != CONSTRUCTED_BY[name]:
            yield Finding(path, call.lineno, "Q5", f"only {CONSTRUCTED_BY[name]} may create a {name}")


def main(arguments: list[str]) -> int:
    """Lint the modules of a folder and return the exit code."""
    folder = ROOT / (arguments[0] if arguments else "functions")
    if not folder.is_dir():
        print(f"lint_queries: folder not found: {folder}", file=sys.stderr)
        return 2
    modules = sorted(folder.rglob("*.py"))
    found = [finding for module in modules for finding in lint(module.relative_to(ROOT).as_posix(), module.read_text())]
    for finding in found:
        print(finding)
    print(f"lint_queries: {len(modules)} modules, {len(found)} findings", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
