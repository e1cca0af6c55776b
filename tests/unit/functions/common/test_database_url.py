"""DATABASE_URL as libpq gets it."""

from __future__ import annotations

import pytest
from psycopg.conninfo import conninfo_to_dict

from functions.common.database_url import ca_bundle, conninfo

URL = "postgresql://u:p%2Bp@h:5433/d"


@pytest.mark.parametrize("mode", ["verify-full", "verify-ca", "verify%2Dfull"])
def test_a_verified_server_is_checked_against_the_shipped_bundle(mode: str) -> None:
    parameters = conninfo_to_dict(conninfo(f"{URL}?sslmode={mode}"))
    assert parameters.pop("sslmode") == mode.replace("%2D", "-")
    assert parameters == {
        "user": "u",
        "password": "p+p",
        "host": "h",
        "port": "5433",
        "dbname": "d",
        "sslrootcert": ca_bundle(),
    }


@pytest.mark.parametrize("authorities", ["system", "certificates/provider.pem"])
def test_authorities_that_are_given_replace_the_bundle(authorities: str) -> None:
    url = f"{URL}?sslmode=verify-full&sslrootcert={authorities}"
    assert conninfo(url) == url


@pytest.mark.parametrize("query", ["", "?sslmode=disable", "?sslmode=require"])
def test_another_url_stays_as_it_is(query: str) -> None:
    assert conninfo(f"{URL}{query}") == f"{URL}{query}"


def test_the_driver_of_sqlalchemy_is_removed() -> None:
    assert conninfo("postgresql+psycopg://u@h/d") == "postgresql://u@h/d"
