"""``metrica-edge outbox`` as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edge_worker.cli import main
from edge_worker.outbox.records import Settlement
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from tests.docs_commands import page_command
from tests.unit.edge_worker.events import event, events

pytestmark = pytest.mark.usefixtures("command_folder")


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "outbox.db"
    refused, delivered = event(0), event(1)
    with SqliteOutbox.open(path) as outbox:
        outbox.add([refused, delivered, *events(3)])
        outbox.settle(
            Settlement((delivered.event_id,), ((refused.event_id, "too_old"),), "2026-11-22T12:00:00.000000Z")
        )
    return path


def test_outbox_status_dead_and_retry_tell_and_do_what_they_say(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(action: str) -> object:
        assert main(["outbox", action, "--outbox", str(filled), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    status = told("status")
    assert isinstance(status, dict)
    assert (status["events"], status["dead"], status["delivered"]) == (3, 1, 1)
    letters = told("dead")
    assert isinstance(letters, list)
    assert [letter["reason"] for letter in letters] == ["too_old"]
    assert told("retry") == {"revived": 1, "minutes": 0}
    assert told("dead") == []


def test_the_commands_of_the_page_about_outboxes_do_what_it_says(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = "11111111-1111-4111-8111-111111111111"
    edge = filled.parent / "edge"
    edge.mkdir()
    filled.rename(edge / f"{camera}.db")
    monkeypatch.setenv("METRICA_HOME", str(filled.parent))
    status = page_command("docs/edge.md", "metrica-edge outbox status --camera 1b4e28ba-…")
    assert main([camera if word == "1b4e28ba-…" else word for word in status[1:]]) == 0
    assert "waiting    3" in capsys.readouterr().out
    monkeypatch.setenv("METRICA_OUTBOX", str(edge / f"{camera}.db"))
    assert main(page_command("docs/edge.md", "metrica-edge outbox dead")[1:]) == 0
    assert "too_old" in capsys.readouterr().out
    assert main(page_command("docs/edge.md", "metrica-edge outbox retry")[1:]) == 0
    assert main(page_command("docs/edge.md", "metrica-edge outbox dead")[1:]) == 0
    assert "too_old" not in capsys.readouterr().out


def total_of(outbox: SqliteOutbox, camera_id: str) -> int:
    totals = outbox.totals(camera_id)
    return totals.ins + totals.outs


def test_outbox_discard_gives_a_refused_event_up(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SqliteOutbox.open(filled) as outbox:
        [letter] = outbox.dead_letters()
        total = total_of(outbox, letter.event.camera_id)
    assert main(["outbox", "discard", letter.event.event_id, "--outbox", str(filled), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"discarded": 1}
    with SqliteOutbox.open(filled) as outbox:
        assert (outbox.backlog().dead, outbox.backlog().oldest_dead, outbox.backlog().events) == (0, None, 3)
        assert total_of(outbox, letter.event.camera_id) == total - 1


def test_outbox_status_reads_well_for_people(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", "status", "--outbox", str(filled)]) == 0
    assert "waiting    3 (oldest 2026-11-22T12:00:00" in capsys.readouterr().out


def test_the_camera_that_is_named_comes_before_an_outbox_in_the_environment(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICA_OUTBOX", str(filled))
    monkeypatch.setenv("METRICA_HOME", str(filled.parent))
    camera = "11111111-1111-4111-8111-111111111111"
    assert main(["outbox", "status", "--camera", camera]) == 1
    assert f"there is no outbox {filled.parent / 'edge' / camera}.db" in capsys.readouterr().err


def test_looking_at_an_outbox_that_is_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", "status", "--outbox", str(tmp_path / "nowhere.db")]) == 1
    assert "there is no outbox" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mpg"]
