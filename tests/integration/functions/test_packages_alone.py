"""Each zip is unpacked and started alone, with nothing but the distributions that it declares, and answers an event."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import psycopg
import pytest
from packaging.requirements import Requirement

from scripts.package import PACKAGES, Package, files_of, write_zip
from tests.database import run_refresh_job
from tests.factories import make_camera, make_store
from tests.integration.functions.api.test_lambda import event as request_for
from tests.integration.functions.ingest.box import Box, make_key

# Prints the answer of a handler, as the last line. -S leaves out the environment's own packages.
RUN = """
import json, sys
sys.path[:0] = sys.argv[1:3]
from importlib import import_module
module, _, name = sys.argv[3].rpartition(".")
loaded = import_module(module)
assert loaded.__file__.startswith(sys.argv[1]), loaded.__file__
answer = getattr(loaded, name)(json.loads(sys.stdin.read()), None)
print(json.dumps(answer, default=str))
"""


def closure(requirements: tuple[str, ...]) -> dict[str, Distribution]:
    """Return the distributions that pip installs for the requirements, by name."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        wanted = waiting.pop()
        try:
            one = distribution(wanted.name)
        except PackageNotFoundError:
            continue  # only for other platforms
        found[wanted.name] = one
        for line in one.requires or []:
            needed = Requirement(line)
            extras = wanted.extras or {""}
            if needed.name not in found and (
                needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras)
            ):
                waiting.append(needed)
    return found


@pytest.fixture(scope="module", params=PACKAGES, ids=lambda package: package.name)
def task(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, Path, Path]:
    """A package, its unpacked zip, and a folder with the distributions that it declares.

    The zips have wheels for arm64. This machine has its own builds of the same distributions.
    """
    package: Package = request.param
    folder = tmp_path_factory.mktemp(package.name)
    (folder / "no-wheels").mkdir()
    write_zip(folder / "task.zip", list(files_of(package, folder / "no-wheels")))
    with zipfile.ZipFile(folder / "task.zip") as archive:
        archive.extractall(folder / "task")
    site = folder / "site"
    site.mkdir()
    for one in closure(package.requirements).values():
        for top in {file.parts[0] for file in one.files or [] if file.parts[0] not in {"..", "__pycache__"}}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(one.locate_file(top))))
    return package, folder / "task", site


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of this module's own: the jobs look at all stores."""
    with psycopg.connect(own_url, autocommit=True) as connection:
        run_refresh_job(connection)
    return own_url


def event_of(function: str, connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """Return a request for a function that answers requests, and the event of a schedule for the others."""
    if function == "ingest":
        sent: list[dict[str, Any]] = []

        def keep(event: Any, _context: object) -> dict[str, Any]:
            sent.append(event)
            return {"statusCode": 200, "headers": {}, "body": "{}"}

        store = make_store(connection)
        box = Box(keep, store, make_camera(connection, store), make_key(connection, store))
        box.send(box.event())
        return sent[0]
    if function in {"api", "admin"}:
        return request_for("/healthz" if function == "api" else "/admin/stores")
    return {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


HANDLERS = {
    "ingest": {"ingest": "functions.ingest.handler.handler"},
    "api": {
        "api": "functions.api.handler.handler",
        "days": "functions.api.store_days_job.handler",
        "reports": "functions.api.reports_job.handler",
    },
    "incidents": {"incidents": "functions.incidents.job.handler"},
    "notifications": {"notifications": "functions.notifications.job.handler"},
    "admin": {"admin": "functions.admin.handler.handler", "maintenance": "functions.admin.maintenance.handler"},
}

RESULTS = {
    "days": {"first_hours_computed", "store_days_computed"},
    "reports": {"reports_written"},
    "incidents": {"opened", "ended"},
    "notifications": {"composed", "delivered", "failed", "postponed"},
}


def test_each_handler_of_a_zip_answers_an_event(
    task: tuple[Package, Path, Path], connection: psycopg.Connection[Any], database_url: str, tmp_path: Path
) -> None:
    package, code, site = task
    answers = {}
    for function, handler in HANDLERS[package.name].items():
        done = subprocess.run(
            [sys.executable, "-S", "-E", "-c", RUN, str(code), str(site), handler],
            input=json.dumps(event_of(function, connection)),
            cwd=tmp_path,
            env={
                "METRICA_ENV": "test",
                "METRICS_STAGE": "test",
                "DATABASE_URL": database_url,
                "SNAPSHOT_BUCKET": f"file://{tmp_path}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        *metrics, answer = map(json.loads, done.stdout.splitlines())
        # The admin refuses a stranger before it asks the database: there is nothing to measure.
        assert {document["Function"] for document in metrics} == ({function} if function != "admin" else set())
        answers[function] = answer
    for function, answer in answers.items():
        match function:
            case "ingest":
                body = json.loads(answer["body"])
                assert (answer["statusCode"], body) == (200, {"inserted": 1, "duplicates": 0, "rejected": []})
            case "api":
                assert (answer["statusCode"], json.loads(answer["body"])["database"]) == (200, "ok")
            case "admin":
                assert (answer["statusCode"], json.loads(answer["body"])["type"]) == (401, "unauthorized")
            case "maintenance":
                assert answer["jobs_checked"] > 0
            case _:
                assert answer.keys() == RESULTS[function]
                assert all(type(value) is int and value >= 0 for value in answer.values())


def test_every_handler_of_serverless_yml_is_started() -> None:
    text = (Path(__file__).parents[3] / "serverless.yml").read_text()
    written = [line.split()[1] for line in text.splitlines() if line.strip().startswith("handler: ")]
    started = [handler for handlers in HANDLERS.values() for handler in handlers.values()]
    assert sorted(written) == sorted(started)
