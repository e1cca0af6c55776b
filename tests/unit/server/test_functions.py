"""The functions on one server are those of serverless.yml, and each gets what it needs to start in production."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from functions.common import settings
from functions.common.settings import ADMIN_SETTINGS, SETTINGS_OF, Environment, load_settings
from server.caddy import INGEST_PATHS
from server.functions import FUNCTIONS, Function, function_environment
from server.installation import Installation
from server.keys import Keys

ROOT = Path(__file__).parents[3]
UNITS = {"minute": 60, "minutes": 60}


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # yaml has no types
    """Reads CloudFormation's tags as their text."""


_Loader.add_multi_constructor("!", lambda _loader, _tag, node: str(node.value))
DOCUMENT: dict[str, Any] = yaml.load((ROOT / "serverless.yml").read_text(), Loader=_Loader)  # noqa: S506 - a safe loader


def installation(**changes: str) -> Installation:
    required = {"METRICA_URL": "https://metrica.example.com", "METRICA_SECRET": "s" * 32}
    return Installation.from_env(required | changes)


def test_handlers_timeouts_and_rates_are_those_of_serverless_yml() -> None:
    described = {}
    for name, one in DOCUMENT["functions"].items():
        rates = [event["schedule"]["rate"] for event in one["events"] if "schedule" in event]
        every_s = None
        if rates:
            number, unit = re.fullmatch(r"rate\((\d+) (\w+)\)", rates[0]).groups()  # type: ignore[union-attr]
            every_s = int(number) * UNITS[unit]
        described[name] = (one["handler"], one["timeout"], every_s)
    assert described == {one.name: (one.handler, one.timeout_s, one.every_s) for one in FUNCTIONS}


def test_the_paths_of_ingest_are_those_of_serverless_yml() -> None:
    paths = [event["httpApi"]["path"] for event in DOCUMENT["functions"]["ingest"]["events"]]
    assert [f"/api{re.sub('{[^}]*}', '*', path)}" for path in paths] == list(INGEST_PATHS)


def test_each_function_reads_the_settings_that_are_checked_for_it() -> None:
    for function in FUNCTIONS:
        module = function.handler.rpartition(".")[0]
        (name,) = re.findall(r"load_settings\((\w+)\)", (ROOT / f"{module.replace('.', '/')}.py").read_text())
        assert getattr(settings, name) is SETTINGS_OF[function.name], function.name


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)
@pytest.mark.parametrize("smtp_url", ["", "smtps://user:a-password@mail.example.com:465"])
def test_each_function_starts_in_production_with_its_environment(function: Function, smtp_url: str) -> None:
    environment = function_environment(function, installation(SMTP_URL=smtp_url), Keys("s" * 32))
    loaded = load_settings(SETTINGS_OF[function.name], environment)
    assert loaded.environment is Environment.PRODUCTION


def test_a_function_gets_no_secret_of_another_one() -> None:
    keys, made = Keys("s" * 32), installation()
    environments = {one.name: function_environment(one, made, keys) for one in FUNCTIONS}
    for name, environment in environments.items():
        others = {keys.password(other) for other in (*environments, "postgres", "auth") if other != name}
        assert not [value for value in environment.values() if any(secret in value for secret in others)]
        assert ("SUPABASE_SERVICE_ROLE_KEY" in environment) == (name == "admin")
        assert ("SNAPSHOT_KEY" in environment) == (name == "admin")
        assert ("NOTIFICATION_KEY" in environment) == (name in {"api", "notifications"})
        assert made.secret not in str(environment)


def test_a_hosted_project_is_reached_at_its_own_address() -> None:
    made = installation(
        SUPABASE_URL="https://abc.supabase.co", SUPABASE_ANON_KEY="a", SUPABASE_SERVICE_ROLE_KEY="b" * 40
    )
    admin = next(one for one in FUNCTIONS if one.name == "admin")
    environment = function_environment(admin, made, Keys("s" * 32))
    assert environment["SUPABASE_SERVICE_ROLE_KEY"] == "b" * 40
    assert load_settings(ADMIN_SETTINGS, environment).auth_url == "https://abc.supabase.co/auth/v1"
