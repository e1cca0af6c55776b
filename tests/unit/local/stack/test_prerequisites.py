"""Missing prerequisites are reported in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.errors import MissingToolError
from local.stack.prerequisites import require_build, require_node, require_packages


def fake_node(folder: Path, version: str) -> str:
    node = folder / "node"
    node.write_text(f"#!/bin/sh\necho {version}\n")
    node.chmod(0o755)
    return str(folder)


def test_a_missing_node_is_reported(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match=r"^Node\.js 20\.19 or newer is needed and `node` is not on the PATH"):
        require_node(str(tmp_path))


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.0", "v8.0.0", "nonsense"])
def test_an_old_node_is_reported_with_its_version(tmp_path: Path, version: str) -> None:
    with pytest.raises(MissingToolError, match=f"is {version}: update it"):
        require_node(fake_node(tmp_path, version))


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.1.0", "v26.0.0"])
def test_a_new_enough_node_is_accepted(tmp_path: Path, version: str) -> None:
    assert require_node(fake_node(tmp_path, version)) == str(tmp_path / "node")


def test_missing_packages_are_reported_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match=r"npm packages are not installed .* run `make setup`"):
        require_packages(tmp_path)


def test_a_missing_build_is_reported_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match=r"the admin is not built .* run `make setup`"):
        require_build(tmp_path, "admin")
