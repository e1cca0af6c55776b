"""The command of the guided setup, run word for word on an empty box, with a wheel that a package index serves here."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from playwright.sync_api import Browser, expect

from local.stack.stack import Stack
from tests.assets import write_part
from tests.e2e.web.admin_pages import open_admin_page
from tests.e2e.web.setup_steps import Person, copy_model, expect_step, make_command
from tests.shop import Shop, create_superadmin

ROOT = Path(__file__).resolve().parents[3]
DOORWAY_LINE = (0.872, 0.51, 0.521, 0.51)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder, and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def index_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A package index with a wheel of the present code, and nothing else."""
    source, index = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("index")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in ("accuracy", "edge_worker", "functions", "db", "local"):
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
            *("--wheel-dir", str(index / "simple" / "metrica"), str(source)),
        ],
        check=True,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(index)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/simple"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages that `metrica[edge]` needs, and no others: links to those of this environment."""
    folder = tmp_path_factory.mktemp("dependencies")
    site = Path(sysconfig.get_path("purelib"))
    for name in sorted(_needed_by("metrica", "edge")):
        for file in distribution(name).files or ():
            top = file.parts[0]
            if top not in {"..", "__pycache__"} and not (folder / top).exists():
                (folder / top).symlink_to(site / top)
    return folder


def _needed_by(package: str, extra: str = "") -> set[str]:
    names: set[str] = set()
    for requirement in map(Requirement, distribution(package).requires or ()):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            names |= {requirement.name}
            for inner in requirement.extras or {""}:
                names |= _needed_by(requirement.name, inner)
    return names


def run_on_an_empty_box(
    command: str, home: Path, index_url: str, dependencies: Path
) -> subprocess.CompletedProcess[str]:
    """Run the command in a home that has nothing but the model, or what an earlier command has left."""
    if not home.exists() or not any(home.iterdir()):
        copy_model(home)
    return subprocess.run(
        ["sh", "-c", command],
        cwd=home,
        env={
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PIP_INDEX_URL": index_url,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONPATH": str(dependencies),
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@contextmanager
def started_by_hand(unit: Path, home: Path, dependencies: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start what the unit starts, with its environment."""
    settings = [line.partition("=")[::2] for line in unit.read_text().splitlines() if "=" in line]
    command = next(shlex.split(value) for name, value in settings if name == "ExecStart")
    environment = [shlex.split(value)[0].partition("=")[::2] for name, value in settings if name == "Environment"]
    base = {"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(dependencies)}
    service = subprocess.Popen(command, cwd=home, env={**base, **dict(environment)})
    try:
        yield service
    finally:
        service.kill()
        service.wait()


def test_the_command_installs_checks_and_counts_on_an_empty_box(
    stack: Stack, browser: Browser, index_url: str, dependencies: Path, tmp_path: Path
) -> None:
    shop = Shop.open(stack, DOORWAY_LINE, "foot", name="Shop of the command")
    video = write_part(tmp_path / "a door.avi", first=190, last=290, step=2)
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}/setup")
    expect_step(page, "connect", "current")
    command = make_command(Person(page), str(video))
    home = tmp_path / "home of the box"
    box = run_on_an_empty_box(command, home, index_url, dependencies)

    assert box.returncode == 0, box.stdout + box.stderr
    assert "Successfully installed metrica-" in box.stdout
    checks = {
        line.split()[1]: line.split()[0]
        for line in box.stdout.splitlines()
        if line[:4].strip() in {"ok", "warn", "fail"}
    }
    assert checks.keys() >= {"source", "model", "network", "backend", "key", "clock", "disk"}
    assert "fail" not in checks.values()  # a busy machine answers slowly, which is a warning
    assert {checks[name] for name in ("source", "backend", "key")} == {"ok"}
    installed = subprocess.run(
        [home / "metrica" / "bin" / "python", "-c", "import edge_worker; print(edge_worker.__file__)"],
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(installed.stdout.strip()).is_relative_to(home / "metrica" / "lib")
    expect_step(page, "connect", "done")
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}/live")
    expect(page.get_by_test_id("crossing")).to_have_count(2)

    # systemd does not run here, so the service is written only, and its command is started by hand.
    exports = [line for line in command.splitlines() if line.startswith("export ")]
    written = run_on_an_empty_box(
        "\n".join([*exports, '"$HOME/metrica/bin/metrica-edge" service --no-start']), home, index_url, dependencies
    )
    assert written.returncode == 0, written.stdout + written.stderr
    unit = home / ".config" / "systemd" / "user" / "metrica-edge.service"
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")
    with started_by_hand(unit, home, dependencies) as service:
        # The clip is played again: the same two people cross.
        expect(page.get_by_test_id("crossing")).to_have_count(4, timeout=120_000)
        service.terminate()
        assert service.wait(timeout=60) == 0


def test_a_check_that_fails_ends_the_command_and_says_what_to_do(
    stack: Stack, browser: Browser, index_url: str, dependencies: Path, tmp_path: Path
) -> None:
    shop = Shop.open(stack, DOORWAY_LINE, "foot", name="Shop without a camera")
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}/setup")
    expect_step(page, "connect", "current")
    command = make_command(Person(page), str(tmp_path / "no such clip.avi"))
    box = run_on_an_empty_box(command, tmp_path, index_url, dependencies)
    assert box.returncode == 1
    lines = box.stdout.splitlines()
    failed = next(index for index, line in enumerate(lines) if line.startswith("fail  source"))
    assert lines[failed + 1].lstrip().startswith("→")
    expect(page.get_by_test_id("setup-waiting")).to_contain_text("An edge box has used a key of this store")
