"""What goes into each Lambda's zip, and what a cold start imports."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.package import PACKAGES, ROOT, Package, files_of, write_zip


@pytest.fixture
def no_wheels(tmp_path: Path) -> Path:
    return tmp_path


def ids(package: Package) -> str:
    return package.name


def imported_by(path: Path) -> set[str]:
    """The modules of ours that a module imports, as files."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            module = ".".join((*base, *([node.module] if node.module else [])))
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        for name in names:
            file = ROOT / (name.replace(".", "/") + ".py")
            if name.partition(".")[0] in {"functions", "db", "local", "edge_worker"} and file.is_file():
                found.add(file.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=ids)
def test_a_package_holds_all_that_its_modules_import(package: Package, no_wheels: Path) -> None:
    files = dict(files_of(package, no_wheels))
    for name, path in files.items():
        missing = imported_by(path) - files.keys()
        assert not missing, f"{name} imports {missing}"
        folders = [parent.as_posix() for parent in Path(name).parents if parent != Path()]
        assert all(f"{folder}/__init__.py" in files for folder in folders), name


@pytest.mark.parametrize("package", PACKAGES, ids=ids)
def test_no_package_holds_a_stand_in_a_test_or_a_secret(package: Package, no_wheels: Path) -> None:
    for name, path in files_of(package, no_wheels):
        assert name.startswith(("functions/", "db/timescale/", "db/__init__.py")), name
        assert name.endswith(".py")
        assert not re.search(r"mk_[A-Za-z0-9_-]{43}|eyJ[A-Za-z0-9_-]{20,}\.|-----BEGIN", path.read_text()), name


@pytest.mark.parametrize("package", PACKAGES, ids=ids)
def test_every_handler_of_serverless_yml_is_in_its_package(package: Package, no_wheels: Path) -> None:
    text = (ROOT / "serverless.yml").read_text()
    pairs = re.findall(r"handler: (\S+)(?:(?!handler:)[\s\S])*?artifact: build/package/(\w+)\.zip", text)
    wanted = [handler for handler, name in pairs if name == package.name]
    assert wanted
    files = {name for name, _ in files_of(package, no_wheels)}
    for handler in wanted:
        assert handler.rpartition(".")[0].replace(".", "/") + ".py" in files


def test_a_zip_is_the_same_bytes_each_time(tmp_path: Path, no_wheels: Path) -> None:
    files = list(files_of(PACKAGES[0], no_wheels))
    for name in ("one.zip", "two.zip"):
        write_zip(tmp_path / name, files)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_ingest_starts_from_its_package_alone_without_a_framework(tmp_path: Path) -> None:
    no_wheels = tmp_path / "wheels"
    no_wheels.mkdir()
    target = tmp_path / "ingest.zip"
    write_zip(target, list(files_of(PACKAGES[0], no_wheels)))
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "task")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import functions.ingest.handler as handler, json;"
        "print(json.dumps([handler.__file__, sorted({name.partition('.')[0] for name in sys.modules})]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "task")], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    file, modules = json.loads(done.stdout)
    assert file.startswith(str(tmp_path))
    assert not {"fastapi", "starlette", "pydantic", "sqlalchemy", "boto3", "botocore", "mangum", "httpx"} & set(modules)


def test_serverless_yml_holds_no_secret_and_no_right_to_everything() -> None:
    text = (ROOT / "serverless.yml").read_text()
    values = re.findall(r"^ +(?:DATABASE_URL|SUPABASE_SERVICE_ROLE_KEY): (\S*)", text, re.MULTILINE)
    variables = [value.removeprefix("${file(./functions/serverless-variables.cjs):") for value in values]
    assert variables == [
        "ingestDatabaseUrl}",
        "apiDatabaseUrl}",
        "adminDatabaseUrl}",
        "serviceRoleKey}",
        "ownerDatabaseUrl}",
    ]
    assert not re.search(r"(Action|Resource): \[?['\"]?\*", text)


def setting(variable: str, *arguments: str, **environ: str) -> str:
    """What serverless.yml gets for a variable."""
    script = (
        f"const {{ {variable} }} = require('./functions/serverless-variables.cjs');"
        f"{variable}({{ resolveVariable: async () => 'production' }}).then((value) => console.log(value))"
    )
    environ = {"PATH": os.environ["PATH"], **environ}
    words = ["node", "-e", script, "--", *arguments]
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("given", ["postgresql://u:hunter2@h/d", "", "aws-ssm:/mine"])
def test_a_deployment_holds_references_and_never_the_secret_of_a_shell(given: str) -> None:
    assert setting("ownerDatabaseUrl", DATABASE_URL=given) == (
        given if given.startswith("aws-") else "aws-secretsmanager:metrica/production#DATABASE_URL"
    )


def test_each_function_is_deployed_with_a_login_of_its_own_and_shares_the_owners_on_one_machine() -> None:
    owner = "postgresql://owner@h/d"
    for function in ("ingest", "api", "admin"):
        own = f"{function.upper()}_DATABASE_URL"
        # A reference to the owner's login is for maintenance alone.
        deployed = setting(f"{function}DatabaseUrl", DATABASE_URL="aws-ssm:/owner")
        assert deployed == f"aws-secretsmanager:metrica/production#{own}"
        assert setting(f"{function}DatabaseUrl", "offline", DATABASE_URL=owner) == owner
        assert setting(f"{function}DatabaseUrl", "offline", DATABASE_URL=owner, **{own: "own"}) == "own"
