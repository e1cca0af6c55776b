"""A deployment refuses zips that were not made of the present sources."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from scripts.package import PACKAGES, ROOT, SOURCES_ENTRY, Package, build, modules_of, sources_of
from scripts.package_sources import difference

INGEST = next(package for package in PACKAGES if package.name == "ingest")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the sources of ingest."""
    root = tmp_path / "repository"
    for name in [*(name for name, _ in modules_of(INGEST)), "requirements.lock", "scripts/package.py"]:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    return root


def write_package(folder: Path, package: Package, root: Path = ROOT) -> Path:
    """Write a zip that holds nothing but the hashes of its sources."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{package.name}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(SOURCES_ENTRY, json.dumps(sources_of(package, root)))
    return target


def test_a_zip_of_the_present_sources_is_accepted(repository: Path, tmp_path: Path) -> None:
    assert difference(INGEST, write_package(tmp_path, INGEST, repository), repository) is None


def test_a_changed_source_is_named_in_one_sentence(repository: Path, tmp_path: Path) -> None:
    target = write_package(tmp_path, INGEST, repository)
    (repository / "functions" / "ingest" / "jpeg.py").write_text("CHANGED = True\n")
    found = difference(INGEST, target, repository)
    assert found == "ingest.zip is not made of these sources, functions/ingest/jpeg.py changed: run `make package`."


def test_new_and_removed_sources_and_the_lock_file_count(repository: Path, tmp_path: Path) -> None:
    target = write_package(tmp_path, INGEST, repository)
    new = repository / "functions" / "ingest" / "another.py"
    new.touch()
    assert "functions/ingest/another.py is new:" in str(difference(INGEST, target, repository))
    new.unlink()
    removed = repository / "functions" / "ingest" / "jpeg.py"
    content = removed.read_text()
    removed.unlink()
    assert "functions/ingest/jpeg.py is gone:" in str(difference(INGEST, target, repository))
    removed.write_text(content)
    for name in ("requirements.lock", "scripts/package.py"):
        (repository / name).write_text("# changed\n")
    assert "requirements.lock changed and 1 more:" in str(difference(INGEST, target, repository))
    (repository / "certificates").mkdir()
    (repository / "certificates" / "provider.pem").touch()
    assert "certificates/provider.pem is new and 2 more:" in str(difference(INGEST, target, repository))


def test_a_zip_without_hashes_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "ingest.zip"
    assert difference(INGEST, target) == "ingest.zip is missing: run `make package`."
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("functions/__init__.py", "")
    sentence = "ingest.zip does not say of which sources it is made: run `make package`."
    assert difference(INGEST, target) == sentence
    target.write_bytes(b"")
    assert difference(INGEST, target) == sentence


def test_serverless_package_refuses_a_stale_zip_in_one_sentence(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "serverless.yml", tmp_path / "serverless.yml")  # osls follows no link to it
    for name in ("functions", "local", "deploy", "node_modules", "package.json"):
        (tmp_path / name).symlink_to(ROOT / name)
    folder = tmp_path / "build" / "package"
    for package in PACKAGES:
        write_package(folder, package)
    with zipfile.ZipFile(folder / "incidents.zip", "w") as archive:
        present = sources_of(next(package for package in PACKAGES if package.name == "incidents"))
        archive.writestr(SOURCES_ENTRY, json.dumps(present | {"functions/incidents/job.py": "0" * 64}))
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)} | dict.fromkeys(
        ("SUPABASE_URL", "CORS_ORIGINS", "DASHBOARD_URL", "API_URL"), "https://app.example.com"
    )
    command = ["npx", "--no-install", "serverless", "package", "--stage", "production"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    sentence = "incidents.zip is not made of these sources, functions/incidents/job.py changed: run `make package`."
    assert sentence in done.stdout + done.stderr
    assert not (tmp_path / ".serverless" / "cloudformation-template-update-stack.json").exists()


@pytest.mark.slow
def test_make_package_writes_what_the_comparison_reads() -> None:
    assert build(INGEST)
    assert difference(INGEST, ROOT / "build" / "package" / "ingest.zip") is None
