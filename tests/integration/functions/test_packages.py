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
from typing import Any

import pytest

from scripts.package import PACKAGES, ROOT, Package, PackageError, files_of, write_zip


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
            if name.partition(".")[0] in {"accuracy", "functions", "db", "local", "edge_worker"} and file.is_file():
                found.add(file.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("package", PACKAGES, ids=ids)
def test_a_package_holds_all_that_its_modules_import(package: Package, no_wheels: Path) -> None:
    files = dict(files_of(package, no_wheels, certificates=no_wheels))
    for name, path in files.items():
        missing = imported_by(path) - files.keys()
        assert not missing, f"{name} imports {missing}"
        folders = [parent.as_posix() for parent in Path(name).parents if parent != Path()]
        assert all(f"{folder}/__init__.py" in files for folder in folders), name


@pytest.mark.parametrize("package", PACKAGES, ids=ids)
def test_no_package_holds_a_stand_in_a_test_or_a_secret(package: Package, no_wheels: Path) -> None:
    for name, path in files_of(package, no_wheels, certificates=no_wheels):
        assert name.startswith(("accuracy/", "functions/", "db/timescale/", "db/__init__.py")), name
        assert name.endswith(".py")
        assert not re.search(r"mk_[A-Za-z0-9_-]{43}|eyJ[A-Za-z0-9_-]{20,}\.|-----BEGIN", path.read_text()), name


@pytest.mark.parametrize("package", PACKAGES, ids=ids)
def test_every_package_holds_the_authorities_of_databases(package: Package, tmp_path: Path) -> None:
    bundle, own = tmp_path / "wheels" / "certifi" / "cacert.pem", tmp_path / "certificates" / "provider.pem"
    for path in (bundle, own):
        path.parent.mkdir(parents=True)
        path.write_text("-----BEGIN CERTIFICATE-----")
    assert "certifi" in package.requirements
    files = dict(files_of(package, tmp_path / "wheels", own.parent))
    assert (files["certifi/cacert.pem"], files["certificates/provider.pem"]) == (bundle, own)


def test_a_certificate_with_its_private_key_is_not_packaged(tmp_path: Path) -> None:
    (tmp_path / "provider.pem").write_text("-----BEGIN PRIVATE KEY-----")
    with pytest.raises(PackageError, match=r"certificates/provider\.pem contains a private key"):
        list(files_of(PACKAGES[0], tmp_path / "no-wheels", tmp_path))


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


@pytest.mark.parametrize("name", ["api", "admin"])
def test_a_fastapi_lambda_starts_without_what_no_request_needs(name: str) -> None:
    script = f"import functions.{name}.handler, sys; print(*sys.modules)"
    environ = {**os.environ, "METRICA_ENV": "test"}
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "fastapi" in modules
    assert not {"sqlalchemy.orm", "alembic", "boto3", "botocore", "asyncpg", "numpy", "uvicorn"} & modules
    assert name == "admin" or "httpx" not in modules


@pytest.mark.parametrize("package", [package for package in PACKAGES if package.name != "ingest"], ids=ids)
def test_no_package_holds_what_only_slows_its_start(package: Package, tmp_path: Path) -> None:
    for module in ("pydantic/v1/main.py", "pydantic/main.py", "sqlalchemy/dialects/sqlite/base.py"):
        (tmp_path / module).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / module).touch()
    wheels = [name for name, path in files_of(package, tmp_path) if path.is_relative_to(tmp_path)]
    assert wheels == ["pydantic/main.py"]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """serverless.yml with its variables, as it would be deployed from a shell that holds secrets."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path_factory.mktemp("home")),
        "SUPABASE_URL": "https://abc.supabase.co",
        "CORS_ORIGINS": "https://app.example.com",
        "DASHBOARD_URL": "https://app.example.com",
        "API_URL": "https://api.example.com",
        "MAIL_SENDER": "Metrica <news@example.com>",
        "ALLOW_LOCAL_WEBHOOKS": "yes",
        "NOTIFICATION_KEY": "hunter2",
        "DATABASE_URL": "postgresql://u:hunter2@h/d",
        "INGEST_DATABASE_URL": "postgresql://u:hunter2@h/d",
        "API_DATABASE_URL": "aws-ssm:/metrica/production/api/database",
        "SUPABASE_SERVICE_ROLE_KEY": "hunter2",
    }
    words = ["npx", "--no-install", "serverless", "print", "--stage", "production", "--format", "json"]
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    assert "hunter2" not in done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_a_deployment_holds_references_to_secrets_one_for_each_function(deployed: dict[str, Any]) -> None:
    secrets = {
        name: {setting: value for setting, value in function["environment"].items() if str(value).startswith("aws-")}
        for name, function in deployed["functions"].items()
    }
    ours = "aws-secretsmanager:metrica/production"
    assert secrets == {
        "ingest": {"DATABASE_URL": f"{ours}/ingest#DATABASE_URL"},
        "api": {
            "DATABASE_URL": "aws-ssm:/metrica/production/api/database",
            "NOTIFICATION_KEY": f"{ours}/api#NOTIFICATION_KEY",
        },
        "admin": {
            "DATABASE_URL": f"{ours}/admin#DATABASE_URL",
            "SUPABASE_SERVICE_ROLE_KEY": f"{ours}/admin#SUPABASE_SERVICE_ROLE_KEY",
        },
        "maintenance": {"DATABASE_URL": f"{ours}/maintenance#DATABASE_URL"},
        "days": {"DATABASE_URL": f"{ours}/days#DATABASE_URL"},
        "incidents": {"DATABASE_URL": f"{ours}/incidents#DATABASE_URL"},
        "reports": {"DATABASE_URL": f"{ours}/reports#DATABASE_URL"},
        "notifications": {
            "DATABASE_URL": f"{ours}/notifications#DATABASE_URL",
            "NOTIFICATION_KEY": f"{ours}/notifications#NOTIFICATION_KEY",
        },
    }


def test_each_function_has_a_role_that_reads_its_own_secret_and_touches_what_it_needs(deployed: dict[str, Any]) -> None:
    rights = {}
    for name, function in deployed["functions"].items():
        role = deployed["resources"]["Resources"][function["role"]]["Properties"]
        statements = [line for policy in role["Policies"] for line in policy["PolicyDocument"]["Statement"]]
        assert "*" not in json.dumps([line["Action"] for line in statements])
        rights[name] = {action: json.dumps(line["Resource"]) for line in statements for action in line["Action"]}
        assert f":secret:metrica/production/{name}-*" in rights[name].pop("secretsmanager:GetSecretValue")
        assert f":parameter/metrica/production/{name}/*" in rights[name].pop("ssm:GetParameter")
        for action, resource in rights[name].items():
            assert {"s3": "SnapshotBucket", "sqs": "FailedJobs", "ses": ":identity/"}[
                action.partition(":")[0]
            ] in resource
    assert {name: set(actions) for name, actions in rights.items()} == {
        "ingest": {"s3:PutObject"},
        "api": set(),
        "admin": {"s3:GetObject"},
        "maintenance": {"sqs:SendMessage", "s3:DeleteObject", "s3:ListBucket"},
        "days": {"sqs:SendMessage"},
        "incidents": {"sqs:SendMessage"},
        "reports": {"sqs:SendMessage"},
        "notifications": {"sqs:SendMessage", "ses:SendEmail", "ses:SendRawEmail"},
    }


def test_a_deployment_sends_mail_of_its_sender_by_ses_and_reaches_no_local_webhook(deployed: dict[str, Any]) -> None:
    environment = deployed["functions"]["notifications"]["environment"]
    assert (environment["MAIL_TRANSPORT"], environment["ALLOW_LOCAL_WEBHOOKS"]) == ("ses", "")
    assert environment["MAIL_SENDER"] == "Metrica <news@example.com>"
    role = json.dumps(deployed["resources"]["Resources"]["NotificationsRole"])
    assert '"ses:FromAddress": "news@example.com"' in role


def test_on_one_machine_the_functions_share_a_login_or_have_their_own() -> None:
    script = (
        "const { apiDatabaseUrl } = require('./functions/serverless-variables.cjs');"
        "apiDatabaseUrl({}).then((value) => console.log(value))"
    )
    for own, expected in ({}, "owner"), ({"API_DATABASE_URL": "api"}, "api"):
        environ = {"PATH": os.environ["PATH"], "DATABASE_URL": "owner", **own}
        words = ["node", "-e", script, "--", "offline"]
        done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected
