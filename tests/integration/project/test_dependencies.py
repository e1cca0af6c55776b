"""pyproject.toml declares what the code imports, and the environment is what requirements.lock describes."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS: dict[str, list[str]] = PYPROJECT["project"]["optional-dependencies"]
OWN = {"accuracy", "edge_worker", "functions", "db", "local", "server", "benchmarks", "screenshots", "tests", "scripts"}
NOT_ON_PYPI = {"gi", "_typeshed"}
"""GStreamer's bindings come from Debian, and only type checkers read _typeshed."""
ENVIRONMENT_OF_ITS_OWN = {"statsforecast", "trackers", "boxmot"}
"""benchmarks/forecast.py installs the first elsewhere; benchmarks/other_trackers.py says where the others are."""


def names_declared(extras: tuple[str, ...]) -> set[str]:
    """Return the distributions of some extras; an extra may include others (`metrica[api]`)."""
    names: set[str] = set()
    for requirement in (Requirement(line) for extra in extras for line in EXTRAS[extra]):
        if requirement.name == "metrica":
            names |= names_declared(tuple(requirement.extras))
        else:
            names.add(canonicalize_name(requirement.name))
    return names


def modules_imported(folder: str) -> Iterator[tuple[str, Path]]:
    """Yield the top-level modules that a folder imports from elsewhere, with the file that does."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            else:
                continue
            for module in {name.partition(".")[0] for name in names} - OWN - NOT_ON_PYPI - ENVIRONMENT_OF_ITS_OWN:
                if module not in sys.stdlib_module_names:
                    yield module, path.relative_to(ROOT)


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("accuracy", ()),
        ("edge_worker", ("edge", "onnx", "litert", "torch", "export")),
        ("functions", ("ingest", "api", "notifications", "admin")),
        ("db", ("db",)),
        ("server", ("server",)),
        ("local", ("local",)),
        ("tests", ("dev",)),
        ("benchmarks", ("dev",)),
        ("scripts", ("dev",)),
        ("screenshots", ("dev",)),
        ("docs/examples", ("dev",)),
    ],
)
def test_every_import_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    declared, distributions = names_declared(extras), packages_distributions()
    undeclared = {
        f"{path} imports {module}"
        for module, path in modules_imported(folder)
        if not declared & {canonicalize_name(name) for name in distributions.get(module, [module])}
    }
    assert not undeclared


def test_nothing_is_missing_but_what_pyproject_excludes() -> None:
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    excluded = PYPROJECT["tool"]["uv"]["exclude-dependencies"]
    unexpected = [
        line
        for line in checked.stdout.splitlines()
        if line != "No broken requirements found."
        and not any(f" requires {name}, which is not installed" in line for name in excluded)
    ]
    assert not unexpected


def test_every_locked_package_has_a_hash_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    blocks = [block for block in lock.replace("\\\n", "").splitlines() if block and not block.startswith("#")]
    assert len(blocks) > 100
    assert not [block for block in blocks if "--hash=sha256:" not in block]
    assert not [block for block in blocks if "://" in block or block.startswith("-")]


def test_the_npm_lock_names_no_address() -> None:
    assert "://" not in "".join(
        line for line in (ROOT / "package-lock.json").read_text().splitlines() if '"resolved"' in line
    )


def test_the_metadata_of_torch_is_that_of_the_pinned_version() -> None:
    [metadata] = PYPROJECT["tool"]["uv"]["dependency-metadata"]
    assert f"{metadata['name']}=={metadata['version']}" in EXTRAS["torch"]
