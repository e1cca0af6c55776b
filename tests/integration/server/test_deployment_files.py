"""The Compose files and the Dockerfiles are valid, and keep what docs/server.md promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.cli import build_parser
from server.configuration_files import configuration_files
from server.installation import Installation
from tests.integration.server.compose_services import PORTS, ROOT, read_compose

COMPOSE_FILES = ("compose.yaml", "deploy/edge/compose.yaml")
DOCKERFILES = ("deploy/server/Dockerfile", "deploy/edge/Dockerfile")
ENVIRON = {"METRICA_URL": "https://metrica.example.com", "METRICA_SECRET": "s" * 32}
DOCUMENT = read_compose(ENVIRON)
SERVICES: dict[str, dict[str, Any]] = DOCUMENT["services"]
RUN_ONCE = {"setup", "migrate", "auth-database", "tools"}


def dclint(*files: str) -> subprocess.CompletedProcess[str]:
    """Check files against the Compose schema."""
    command = ["npx", "--no-install", "dclint", "--max-warnings", "0", *files]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", COMPOSE_FILES)
def test_a_compose_file_follows_the_schema(name: str) -> None:
    done = dclint(name)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_that_compose_does_not_know_is_an_error(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text((ROOT / "compose.yaml").read_text().replace("read_only: true", "readonly: true"))
    done = dclint("--config", str(ROOT / ".dclintrc.yaml"), str(wrong))
    assert done.returncode != 0
    assert "invalid-schema" in done.stdout + done.stderr


@pytest.mark.parametrize("name", DOCKERFILES)
def test_hadolint_has_nothing_to_say(name: str) -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_has_every_package_of_pyproject(name: str) -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]["include"]
    copied = set(re.findall(r"^COPY (\w+) \1$", (ROOT / name).read_text(), re.MULTILINE))
    assert {pattern.rstrip("*") for pattern in patterns} <= copied


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_is_root_or_writes_to_its_image(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert ("healthcheck" in service) == (name not in RUN_ONCE)
    assert ("ports" in service) == (name == "web")


@pytest.mark.parametrize("name", SERVICES)
def test_every_command_of_ours_is_one_of_metrica_server(name: str) -> None:
    service = SERVICES[name]
    for words in (
        [*service.get("entrypoint", []), *service.get("command", [])],
        service.get("healthcheck", {}).get("test", []),
    ):
        command = [word for word in words if word != "CMD"]
        if command[:1] == ["metrica-server"] and "--help" not in command:
            build_parser().parse_args(command[1:])


def test_only_the_commands_that_end_know_the_secret() -> None:
    assert {name for name, service in SERVICES.items() if ENVIRON["METRICA_SECRET"] in str(service)} == RUN_ONCE


def test_each_folder_of_configuration_is_mounted_by_one_service_read_only() -> None:
    for volume in DOCUMENT["volumes"]:
        if not volume.endswith("-config"):
            continue
        mounts = {
            name: one
            for name, service in SERVICES.items()
            for one in service.get("volumes", [])
            if one.startswith(f"{volume}:")
        }
        readers = mounts.keys() - {"setup"}
        assert readers == {volume.removesuffix("-config")}
        assert all(mounts[name].endswith(":/etc/metrica:ro") for name in readers)


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="METRICA_SECRET"):
        read_compose({"METRICA_URL": "https://metrica.example.com"})


def test_the_example_names_every_value_of_the_compose_file() -> None:
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    offered = set(re.findall(r"^#?(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used <= offered
    required = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert required == ["METRICA_URL", "METRICA_SECRET", "COMPOSE_PROFILES"]


def test_the_tests_know_every_port_inside_the_containers() -> None:
    found = {int(port) for port in re.findall(r"[:\"](\d{4})\b", (ROOT / "compose.yaml").read_text())}
    assert found - {1000} <= set(PORTS)


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The units with a program of this machine, the template with each of its instances."""
    folder = tmp_path_factory.mktemp("units")
    for path in (ROOT / "deploy/systemd").glob("*.service"):
        text = path.read_text().replace("/opt/metrica/bin/metrica-server", sys.executable)
        instances = ("@ingest", "@api", "@admin") if "@" in path.name else ("",)
        for name in {path.name.replace("@", instance) for instance in instances}:
            (folder / name).write_text(text)
    return sorted(folder.iterdir())


def test_systemd_finds_nothing_wrong_with_the_units(units: list[Path]) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("install systemd (.ci/install-tools.sh does)")
    assert len(units) == 5
    command = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_the_units_run_commands_of_ours_and_get_every_file_that_setup_writes() -> None:
    given = {"METRICA_URL": "https://metrica.example.com", "METRICA_SECRET": "s" * 32}
    written = {name for name, _ in configuration_files(Installation.from_env(given))}
    for path in (ROOT / "deploy/systemd").glob("*.service"):
        for instance in ("ingest", "api", "admin") if "@" in path.name else ("",):
            text = path.read_text().replace("%i", instance)
            for command in re.findall(r"^ExecStart=\S+ (.*)$", text, re.MULTILINE):
                build_parser().parse_args(command.split())
            needed = set(re.findall(r"^LoadCredential=\S+:/etc/metrica/config/(.*)$", text, re.MULTILINE))
            assert needed <= written
            service = instance or "worker"
            if needed:
                assert needed == {name for name in written if name.startswith(f"{service}/")}
