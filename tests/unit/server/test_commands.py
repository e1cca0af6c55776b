"""What an operator types wrong is refused by `metrica-server`, in one sentence."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from server import cli


@pytest.mark.parametrize("command", ["superadmin", "link"])
def test_an_incomplete_address_of_a_person_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "you@"])
    assert ended.value.code == 2
    assert "'you@' is not an e-mail address" in capsys.readouterr().err


def test_a_setting_that_a_function_refuses_is_named_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        "METRICA_ENV": "production",
        "DATABASE_URL": "postgresql://metrica_admin_server:password@127.0.0.1:6432/metrica?sslmode=verify-full",
        "SUPABASE_URL": "https://abc.supabase.co",
        "SUPABASE_SERVICE_ROLE_KEY": "short",
    }
    import_module("functions.admin.app")  # another test may have done so: settings are read at the start, not then
    for name in given:
        monkeypatch.setenv(name, "")  # so that what the command sets is removed again
    (tmp_path / "admin.json").write_text(json.dumps(given))
    (tmp_path / "listen").write_text("127.0.0.1:9\n")
    assert cli.main(["serve", "admin", "--config", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "SUPABASE_SERVICE_ROLE_KEY is too short for a key" in said
    assert "Traceback" not in said
