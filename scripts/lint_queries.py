"""Refuse queries outside repository modules, and repository functions that do not know who asks.

`python scripts/lint_queries.py [FOLDER]` (default: functions) prints `path:line: rule: what to do` for each finding and
fails when there is one. There is no row-level security behind the Lambdas (TimescaleDB's aggregates do not go with it):
these rules, and the tests of every route, are what keeps tenants apart.

    Q1  A query stands in a repository module: nothing else builds or executes statements, or imports the tables.
    Q2  Nobody commits or rolls back: the request does.
    Q3  SQL is a constant or built by SQLAlchemy; never put together where it is executed.
    Q4  A function of a repository takes the scope it reads in, and uses it:
          owner API   a Caller or a ReadableStore
          admin API   a Superadmin (who reads everything: to have one is enough)
          ingest      the key's store_id (the look-up of the key itself excepted)
    Q5  Only functions/common/tenancy.py makes a ReadableStore, only authentication.py a Superadmin.
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
        "functions/common/users.py",
        "functions/common/tenancy.py",
        "functions/ingest/camera_store.py",
        "functions/ingest/event_store.py",
        "functions/ingest/worker_keys.py",
    }
)
DATABASE = "functions/common/database.py"

# What else than building queries one may want of SQLAlchemy.
HARMLESS_IMPORTS = frozenset({"sqlalchemy.exc"})
EXECUTING = frozenset({"execute", "executemany", "scalar", "scalars", "stream", "copy", "exec_driver_sql"})
ENDING = frozenset({"commit", "rollback"})
UNSAFE_BUILDERS = frozenset({"text", "literal_column", "SQL"})

SCOPES = {
    "functions/api/repositories/": ("Caller", "ReadableStore"),
    "functions/admin/repositories/": ("Superadmin",),
}
# They hold no tenant's data, or serve the clock and not a caller.
UNSCOPED = frozenset({"functions/admin/repositories/rows.py", "functions/admin/repositories/maintenance.py"})
MAKERS = {"ReadableStore": "functions/common/tenancy.py", "Superadmin": "functions/common/authentication.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"


def lint(path: str, source: str) -> list[Finding]:
    """The findings in one module; `path` is relative to the root, with slashes."""
    tree = ast.parse(source, path)
    is_repository = path.startswith(REPOSITORIES) or path in REPOSITORY_MODULES
    found = [*_endings(path, tree), *_makers(path, tree)]
    if path != DATABASE and not is_repository:
        found += _queries_elsewhere(path, tree)
    if is_repository:
        found += [*_assembled_sql(path, tree), *_unscoped_functions(path, tree)]
    return sorted(found, key=lambda finding: finding.line)


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the last part of the name that is called."""
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


def _queries_elsewhere(path: str, tree: ast.AST) -> Iterator[Finding]:
    for node, name in _imports(tree):
        of_sqlalchemy = name == "sqlalchemy" or name.startswith("sqlalchemy.")
        is_harmless = name in HARMLESS_IMPORTS or name.rpartition(".")[0] in HARMLESS_IMPORTS
        if of_sqlalchemy and not is_harmless:
            yield Finding(path, node.lineno, "Q1", f"{name} is for repository modules")
        if name.startswith("db.timescale.tables") or name == "db.timescale.tables":
            yield Finding(path, node.lineno, "Q1", "the tables are for repository modules")
    for part in ast.walk(tree):  # also where it is not called: `run = connection.execute`
        if isinstance(part, ast.Attribute) and part.attr in EXECUTING:
            yield Finding(path, part.lineno, "Q1", f"move this {part.attr}() into a repository module")


def _endings(path: str, tree: ast.AST) -> Iterator[Finding]:
    if path == DATABASE:
        return
    for call, name in _calls(tree):
        if name in ENDING and isinstance(call.func, ast.Attribute):
            yield Finding(path, call.lineno, "Q2", f"no {name}(): the request does that")


def _assembled_sql(path: str, tree: ast.AST) -> Iterator[Finding]:
    for call, name in _calls(tree):
        if name in UNSAFE_BUILDERS and not all(isinstance(argument, ast.Constant) for argument in call.args):
            yield Finding(path, call.lineno, "Q3", f"{name}() takes a constant")
        if name in EXECUTING and isinstance(call.func, ast.Attribute) and call.args:
            statement = call.args[0]
            is_format = isinstance(statement, ast.Call) and getattr(statement.func, "attr", "") == "format"
            if isinstance(statement, ast.JoinedStr) or is_format or _is_text_arithmetic(statement):
                yield Finding(path, call.lineno, "Q3", "pass values as parameters, not inside the SQL")


def _is_text_arithmetic(node: ast.expr) -> bool:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add | ast.Mod):
        return False
    return any(
        isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(node)
    )


def _unscoped_functions(path: str, tree: ast.Module) -> Iterator[Finding]:
    if path in UNSCOPED:
        return
    for folder, kinds in SCOPES.items():
        if path.startswith(folder):
            carriers = {*kinds, *_classes_holding(tree, kinds)}
            for function in _public_functions(tree):
                arguments = {argument.arg: _names(argument.annotation) for argument in _arguments(function)}
                scopes = {name for name, types in arguments.items() if not carriers.isdisjoint(types)}
                if not any("Connection" in types for types in arguments.values()):
                    continue
                if not scopes:
                    yield Finding(path, function.lineno, "Q4", f"{function.name}() must take a {' or a '.join(kinds)}")
                elif kinds != ("Superadmin",) and scopes.isdisjoint(_used(function)):
                    yield Finding(path, function.lineno, "Q4", f"{function.name}() must use the scope that it takes")
    if path.startswith("functions/ingest/") and not path.endswith("worker_keys.py"):
        for function in _public_functions(tree):
            arguments = {argument.arg: _names(argument.annotation) for argument in _arguments(function)}
            takes_connection = any("Connection" in types for types in arguments.values())
            if takes_connection and not ("store_id" in arguments and "store_id" in _used(function)):
                yield Finding(path, function.lineno, "Q4", f"{function.name}() must take and use the key's store_id")


def _classes_holding(tree: ast.Module, kinds: tuple[str, ...]) -> set[str]:
    """Classes of the module with a member of one of these types."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for member in node.body
        if isinstance(member, ast.AnnAssign) and not _names(member.annotation).isdisjoint(kinds)
    }


def _public_functions(tree: ast.Module) -> Iterator[Function]:
    """Of the module and of its classes."""
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) else [node]
        yield from (m for m in members if isinstance(m, Function) and not m.name.startswith("_"))


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _used(function: Function) -> set[str]:
    """The names that the body reads."""
    return {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}


def _names(annotation: ast.expr | None) -> set[str]:
    """The names in an annotation, which may be a text."""
    if annotation is None:
        return set()
    found = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    texts = (node.value for node in ast.walk(annotation) if isinstance(node, ast.Constant))
    return found.union(*(_names(ast.parse(text, mode="eval").body) for text in texts if isinstance(text, str)))


def _makers(path: str, tree: ast.AST) -> Iterator[Finding]:
    for call, name in _calls(tree):
        if name in MAKERS and path != MAKERS[name]:
            yield Finding(path, call.lineno, "Q5", f"only {MAKERS[name]} makes a {name}")


def main(arguments: list[str]) -> int:
    folder = ROOT / (arguments[0] if arguments else "functions")
    if not folder.is_dir():
        print(f"lint_queries: there is no folder {folder}", file=sys.stderr)
        return 2
    modules = sorted(folder.rglob("*.py"))
    found = [finding for module in modules for finding in lint(module.relative_to(ROOT).as_posix(), module.read_text())]
    for finding in found:
        print(finding)
    print(f"lint_queries: {len(modules)} modules, {len(found)} findings", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
