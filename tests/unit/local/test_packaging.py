"""The package `local` cannot get into a deployment."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from local.stack.settings import ROOT


@pytest.fixture(scope="module")
def package_script() -> ModuleType:
    """`scripts/package.py`, which writes the Lambdas' zips."""
    spec = importlib.util.spec_from_file_location("package_script", ROOT / "scripts" / "package.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_no_lambda_package_contains_a_file_of_it(package_script: ModuleType) -> None:
    packaged = [
        path.relative_to(ROOT)
        for package in package_script.PACKAGES
        for pattern in package.modules
        for path in ROOT.glob(pattern)
    ]
    assert Path("functions/ingest/handler.py") in packaged
    assert [path for path in packaged if path.parts[0] == "local"] == []


@pytest.mark.parametrize("module", ["local", "local.auth.app", "local.s3.persistent_s3", "local.spa.app", "local.cli"])
def test_it_refuses_to_be_imported_inside_lambda(module: str) -> None:
    environment = os.environ | {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001"}
    command = [sys.executable, "-c", f"import {module}"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert refused.returncode != 0
    assert "must not be deployed" in refused.stderr
