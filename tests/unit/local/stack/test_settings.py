"""The settings of the stack, read from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.errors import SettingsError
from local.stack.ports import Ports
from local.stack.settings import ROOT, StackSettings


def test_without_variables_the_ports_are_those_of_the_documentation() -> None:
    numbers = {port.variable: port.number for port in Ports.from_env({})}
    assert numbers == {
        "PORT_API": 8400,
        "PORT_AUTH": 8401,
        "PORT_S3": 8402,
        "PORT_DASHBOARD": 8403,
        "PORT_ADMIN": 8404,
        "PORT_LAMBDA": 8405,
        "PORT_DB": 8406,
        "PORT_MAIL": 8407,
    }


@pytest.mark.parametrize("variable", [port.variable for port in Ports()])
def test_each_port_can_be_changed(variable: str) -> None:
    assert {port.variable: port.number for port in Ports.from_env({variable: "9000"})}[variable] == 9000


@pytest.mark.parametrize("text", ["x", "0", "65536", "-1", "80.5", "٨٤"])
def test_an_invalid_port_is_refused_with_its_name_and_value(text: str) -> None:
    with pytest.raises(SettingsError, match=f"^PORT_API={text} is not a port"):
        Ports.from_env({"PORT_API": text})


def test_two_services_on_one_port_are_refused() -> None:
    with pytest.raises(SettingsError, match="PORT_API and PORT_S3 are both 9000"):
        Ports.from_env({"PORT_API": "9000", "PORT_S3": "9000"})


def test_empty_variables_count_as_missing() -> None:
    settings = StackSettings.from_env({"PORT_API": "", "DATABASE_URL": " ", "METRICA_HOME": ""})
    assert settings == StackSettings(home=ROOT / ".metrica", ports=Ports())


def test_database_url_replaces_the_embedded_database() -> None:
    url = "postgresql://me:secret@db.example:5432/metrica"
    assert StackSettings.from_env({"DATABASE_URL": url}).database_url == url


def test_a_database_url_of_another_kind_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL must look like postgresql://") as refused:
        StackSettings.from_env({"DATABASE_URL": "mysql://me:secret@db/metrica"})
    assert "secret" not in str(refused.value)


def test_metrica_home_changes_the_state_folder(tmp_path: Path) -> None:
    settings = StackSettings.from_env({"METRICA_HOME": str(tmp_path)})
    assert settings.home == tmp_path
    assert settings.log_folder == tmp_path / "logs"


@pytest.mark.parametrize(("value", "reload"), [("1", True), ("", False)])
def test_metrica_reload_loads_changed_code(value: str, reload: bool) -> None:
    assert StackSettings.from_env({"METRICA_RELOAD": value}).reload is reload
