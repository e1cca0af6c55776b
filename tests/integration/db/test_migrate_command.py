"""The command that migrates: it says where the schema is, or what is wrong with an unsuitable database."""

from __future__ import annotations

import pytest

from db.timescale.migrate import UnknownRevisionError, downgrade, head, main, upgrade
from tests.database import at_revision
from tests.integration.db.catalogue import relations


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "like postgresql://user:password@host:port/database"),
        ("postgresql://owner@127.0.0.1:1/metrica", "refused"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence(
    url: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["upgrade", url]) == 1
    assert message in capsys.readouterr().err


# 0004 was the number of an aggregates migration once; it is also the beginning of a revision of today.
@pytest.mark.parametrize("revision", ["0004", "0011", "f00"])
def test_a_database_at_an_unknown_revision_is_not_changed(
    own_url: str, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    upgrade(own_url)
    before = relations(own_url)
    with at_revision(own_url, revision):
        for change in (upgrade, downgrade):
            with pytest.raises(UnknownRevisionError, match=f"at revision {revision}, .* use an empty database"):
                change(own_url)
        assert relations(own_url) == before
        assert main(["upgrade", own_url]) == 1
        complaint = capsys.readouterr().err
        assert complaint.startswith(f"The database is at revision {revision}, ")
        assert complaint.count("\n") == 1
        assert main(["current", own_url]) == 0
        assert capsys.readouterr().out == f"schema: {revision} (newest: {head()})\n"


def test_the_command_says_where_the_schema_is(own_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(own_url)
    assert main(["current", own_url]) == 0
    assert capsys.readouterr().out == f"schema: {head()} (newest: {head()})\n"


def test_a_missing_url_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["upgrade"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
