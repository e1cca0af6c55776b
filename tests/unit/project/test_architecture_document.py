"""The paths in docs/architecture.md name functions that exist, in at most twelve steps each."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
STEP = re.compile(r"^\| \d+ \| (`[^|]+`) \|", re.MULTILINE)


def defined_names(package: str) -> set[str]:
    """The functions of a package, methods as `Class.method`, and functions with their modules as well.

    Modules are named with one or two parts, such as `dashboard.get_dashboard` and `services.dashboard.get_dashboard`.
    """
    names: set[str] = set()
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            for inner in ast.walk(node) if isinstance(node, ast.FunctionDef) else [node]:
                if isinstance(inner, ast.FunctionDef):
                    names |= {inner.name, f"{path.stem}.{inner.name}", f"{path.parent.name}.{path.stem}.{inner.name}"}
            if isinstance(node, ast.ClassDef):
                names |= {f"{node.name}.{item.name}" for item in node.body if isinstance(item, ast.FunctionDef)}
    return names


@pytest.mark.parametrize("package", ["edge_worker", "functions/ingest", "functions/api"])
def test_the_steps_of_a_path_are_functions_of_its_package(package: str) -> None:
    paths = (ROOT / "docs/architecture.md").read_text().partition("## The path of an event")[2]
    after = paths.partition(f"`{package}`")[2]
    table = after.strip().split("\n\n")[1]
    steps = STEP.findall(table)
    assert 5 <= len(steps) <= 12
    named = {name for step in steps for name in re.findall(r"`([^`]+)`", step)}
    assert named - defined_names(package) == set()
