"""The CloudFormation template that osls makes of serverless.yml for a stage, and its parts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from scripts.package import PACKAGES, SOURCES_ENTRY, sources_of

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {
    "SUPABASE_URL": "https://abc.supabase.co",
    "CORS_ORIGINS": "https://app.example.com",
    "DASHBOARD_URL": "https://app.example.com",
    "API_URL": "https://api.example.com",
    "MAIL_SENDER": "Metrica <news@example.com>",
}
STAGES = ("production", "staging")
SCHEDULED = {"maintenance", "days", "incidents", "reports", "notifications"}
FOR_REQUESTS = {"ingest", "api", "admin"}


def make_service(folder: Path) -> Path:
    """Make the service with zips that hold the hashes of their sources only: the template depends on nothing else."""
    text = (ROOT / "serverless.yml").read_text()
    (folder / "serverless.yml").write_text(text)
    for name in ("functions", "local", "deploy", "node_modules", "package.json"):
        (folder / name).symlink_to(ROOT / name)
    for artifact in set(re.findall(r"artifact: (\S+)", text)):
        (folder / artifact).parent.mkdir(parents=True, exist_ok=True)
        package = next(package for package in PACKAGES if package.name == Path(artifact).stem)
        with zipfile.ZipFile(folder / artifact, "w") as archive:
            archive.writestr(SOURCES_ENTRY, json.dumps(sources_of(package)))
    return folder


def package(service: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `serverless package` without credentials."""
    given = {"PATH": os.environ["PATH"], "HOME": str(service), **ENVIRONMENT, **environ}
    command = ["npx", "--no-install", "serverless", "package", *words]
    return subprocess.run(command, cwd=service, env=given, capture_output=True, text=True, check=False)


def template_of(service: Path, stage: str, **environ: str) -> Path:
    """Return the file with the template of a stage."""
    done = package(service, "--stage", stage, "--package", stage, **environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return service / stage / "cloudformation-template-update-stack.json"


def resources_of(path: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Return the properties of the resources of a type by their names."""
    found = json.loads(path.read_text())["Resources"]
    return {name: one["Properties"] for name, one in found.items() if one["Type"] == kind}


def functions_of(stage: str, path: Path) -> dict[str, dict[str, Any]]:
    """Return the properties of each function by its name in serverless.yml."""
    found = resources_of(path, "AWS::Lambda::Function").values()
    return {one["FunctionName"].removeprefix(f"metrica-{stage}-"): one for one in found}
