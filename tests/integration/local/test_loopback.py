"""The local servers listen on this machine only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from local.errors import SettingsError
from local.loopback import is_loopback, require_loopback

EVERYWHERE = "0.0.0.0"  # noqa: S104 what must not happen


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "[::1]", "localhost", "shop.localhost"])
def test_loopback_is_this_machine(host: str) -> None:
    require_loopback(host, "the server")


@pytest.mark.parametrize(
    "host",
    [EVERYWHERE, "::", "192.168.1.5", "10.0.0.1", "example.com", "", "localhost.evil.example", "127.0.0.1.nip.io"],
)
def test_other_addresses_are_refused(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError, match="the server replaces a hosted service and would be open to the network"):
        require_loopback(host, "the server")


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("local.auth", ["--site-url", "http://127.0.0.1:1", "--folder", "."]),
        ("local.s3", ["--bucket", "b", "--region", "eu-central-1", "--folder", "."]),
        ("local.mail", ["--folder", "."]),
        (
            "local.spa",
            ["--dist", ".", "--api-url", "a", "--supabase-url", "b", "--supabase-anon-key", "c", "--images-url", "d"],
        ),
    ],
)
def test_no_local_server_listens_on_the_network(module: str, arguments: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", module, "--host", EVERYWHERE, "--port", "1", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "would be open to the network on 0.0.0.0: use 127.0.0.1" in ended.stderr
    assert list(tmp_path.iterdir()) == []
