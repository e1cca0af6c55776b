"""The OpenAPI documents list every type of problem and of field error that their API can send.

The web client has its types from these documents, so TypeScript checks that each one has a sentence in the pages.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, cast, get_args

from pydantic_core.core_schema import ErrorType

import functions.admin
import functions.api
from functions.common.field_errors import FieldErrorType
from functions.common.problems import Problem

ROOT = Path(__file__).parents[3]
RAISED_BY_NOBODY = {"conflict", "forbidden", "too_many_requests", "unavailable", "upstream_failed"}
"""Problems of which the APIs raise only kinds with a type of their own."""


def schemas(api: str) -> dict[str, Any]:
    """The schemas of an API's OpenAPI document; lint checks that the file is up to date."""
    loaded: dict[str, Any] = json.loads((ROOT / "web/client/openapi" / f"{api}.json").read_text())
    return cast("dict[str, Any]", loaded["components"]["schemas"])


def listed(api: str) -> set[str]:
    return set(schemas(api)["ProblemDetails"]["properties"]["type"]["enum"])


def kinds(problem: type[Problem]) -> Iterator[type[Problem]]:
    yield problem
    for kind in problem.__subclasses__():
        yield from kinds(kind)


def types_of(package: str) -> set[str]:
    """The types of the problems that the modules of a package define."""
    return {kind.type for kind in kinds(Problem) if kind.__module__.startswith(package)} - RAISED_BY_NOBODY


def import_all(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)


def test_each_api_lists_its_problems_and_one_of_them_each_that_both_share() -> None:
    for package in (functions.admin, functions.api):
        import_all(package)
    assert types_of("functions.admin") - listed("admin") == set()
    assert types_of("functions.api") - listed("owner") == set()
    assert types_of("functions.common") - listed("admin") - listed("owner") == set()


def test_the_documents_list_the_types_of_field_errors() -> None:
    for api in ("admin", "owner"):
        assert set(schemas(api)["FieldErrorType"]["enum"]) == set(FieldErrorType)


def test_validators_raise_errors_with_a_type_of_their_own() -> None:
    """A `ValueError` would be sent as `invalid_value`, which says nothing."""
    sources = [
        *ROOT.glob("functions/*/schemas/*.py"),
        ROOT / "functions/api/params.py",
        *(ROOT / "functions/common" / f"{name}.py" for name in ("idempotency", "incident_records", "preconditions")),
    ]
    raising = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) == "ValueError"
    }
    assert len(sources) > 15
    assert raising == set()


def params_sent() -> dict[str, set[str]]:
    """The names of the parameters with which the code sends each type."""
    sent: dict[str, set[str]] = {}
    for path in ROOT.glob("functions/*/**/*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        for call in calls:
            types = [re.fullmatch(r"FieldErrorType\.(\w+)", ast.unparse(argument)) for argument in call.args]
            keys = [key for argument in call.args if isinstance(argument, ast.Dict) for key in argument.keys if key]
            names = {str(keyword.arg) for keyword in call.keywords} | {str(ast.literal_eval(key)) for key in keys}
            for found in filter(None, types):
                sent.setdefault(FieldErrorType[found[1]].value, set()).update(names)
    return sent


def test_the_pages_use_the_numbers_and_names_that_are_sent() -> None:
    source = (ROOT / "web/ui/src/problems/field-words.ts").read_text()
    sent, limits_used = params_sent(), set()
    words = re.findall(r"^  (\w+): ((?:\(params\)|\(\)) =>.*?|\w+),\n(?=  \w+: |\};)", source, re.MULTILINE | re.DOTALL)
    assert {code for code, _ in words} == set(FieldErrorType)
    for code, text in words:
        used = set(re.findall(r'params\s*\.\w+\("(\w+)"\)', text))
        if code in sent:
            assert used <= sent[code], code
        else:
            limits_used |= used
    assert limits_used == {"ge", "gt", "le", "lt", "max_length", "min_length", "multiple_of"}
    assert sent["too_few_frames"] == {"min_fps", "reliable_fps"}


def test_the_types_of_pydantic_are_types_of_pydantic() -> None:
    names = list(FieldErrorType)
    of_pydantic = names[names.index(FieldErrorType.BOOL_PARSING) :]
    assert {name.value for name in of_pydantic} <= set(get_args(ErrorType))
