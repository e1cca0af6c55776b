"""The main job: a real clip through worker, HTTP, Lambda handlers and TimescaleDB to the page in Chromium."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.assets import clip, models_folder, write_part
from tests.browser import chromium
from tests.shop import PASSWORD, Shop

EDGE = (sys.executable, "-m", "edge_worker.cli")
FIRST_ANSWER_MS = 60_000
"""Each request of a page may start a Lambda process, which takes long on a busy machine."""


def edge(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`metrica-edge` with its arguments, ended."""
    return subprocess.run(
        [*EDGE, *arguments],
        env=os.environ | {"METRICA_MODELS": str(models_folder())} | environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def signed_in(browser: Browser, stack: Stack, email: str) -> Page:
    """A page of the dashboard after the sign-in form."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(stack.urls.dashboard)
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    return page


def test_the_page_shows_what_metrica_edge_count_printed(stack: Stack, tmp_path: Path) -> None:
    video = write_part(tmp_path / "doorway.avi", first=190, last=290, step=2)  # the seconds in which two people cross
    truth = json.loads(clip("doorway_1.truth.json").read_text(encoding="utf-8"))
    line = ",".join(str(number) for number in truth["line"])

    counted = edge("count", str(video), "--line", line, "--anchor", truth["anchor"], "--json", "-")
    assert counted.returncode == 0, counted.stderr
    assert "yolo26n on" in counted.stderr
    printed: dict[str, Any] = json.loads(counted.stdout)  # stdout is one JSON object
    assert set(printed) == {"clip", "frames", "duration_s", "elapsed_s", "in", "out", "crossings"}
    assert (printed["frames"], printed["in"], printed["out"]) == (50, 1, 1)
    assert [crossing["direction"] for crossing in printed["crossings"]] == ["OUT", "IN"]
    assert set(printed["crossings"][0]) == {"t", "frame", "direction", "tracker_id"}

    shop = Shop.open(stack, truth["line"], truth["anchor"])
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        # The clip starts two minutes ago, perhaps in the quarter-hour before the one in which the camera was added.
        connection.execute(
            "UPDATE camera_counting_periods SET counts_from = counts_from - interval '15 minutes' WHERE camera_id = %s",
            [shop.camera_id],
        )
    ran = edge(
        "run",
        *("--source", str(video), "--api", stack.urls.api, "--camera", str(shop.camera_id)),
        *("--outbox", str(tmp_path / "outbox.sqlite3"), "--quiet"),
        *("--starts-at", (datetime.now(UTC) - timedelta(minutes=2)).isoformat()),
        METRICA_WORKER_KEY=shop.worker_key,
    )
    assert ran.returncode == 0, ran.stderr

    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        stored = connection.execute(
            "SELECT count(*) FILTER (WHERE direction = 'IN'), count(*) FILTER (WHERE direction = 'OUT')"
            " FROM events WHERE camera_id = %s",
            [shop.camera_id],
        ).fetchone()
        hourly = connection.execute(
            "SELECT sum(ins)::int, sum(outs)::int FROM footfall_hourly WHERE camera_id = %s", [shop.camera_id]
        ).fetchone()
    assert stored == hourly == (printed["in"], printed["out"])

    with chromium() as browser:
        page = signed_in(browser, stack, shop.add_owner(stack))
        expect(page.get_by_test_id("tile-visitors-value")).to_have_text(str(printed["in"]), timeout=FIRST_ANSWER_MS)
        expect(page.get_by_test_id("live-exits")).to_have_text(str(printed["out"]))
        expect(page.get_by_test_id("live-occupancy")).to_have_text(str(_occupancy(printed["crossings"])))


def _occupancy(crossings: list[dict[str, Any]]) -> int:
    """Return the people inside after some crossings, in order: an exit of somebody who came in unseen is left out."""
    inside = 0
    for crossing in sorted(crossings, key=lambda crossing: crossing["t"]):
        inside = inside + 1 if crossing["direction"] == "IN" else max(0, inside - 1)
    return inside


def test_an_invited_owner_follows_the_mail_and_sees_the_store(stack: Stack) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Shop of the invited")
    email = f"invited-{shop.store_id.hex[:8]}@example.org"
    assert shop.invite(email)["mail_sent"] is True
    link = link_mailed_to(stack, email)

    with chromium() as browser:
        page = browser.new_page()
        page.goto(link)
        page.get_by_test_id("welcome-accept").click()
        page.get_by_test_id("welcome-password").fill(PASSWORD)
        page.get_by_test_id("welcome-password-confirmation").fill(PASSWORD)
        page.get_by_test_id("welcome-save").click()
        expect(page.get_by_text("Shop of the invited").first).to_be_visible(timeout=FIRST_ANSWER_MS)


def link_mailed_to(stack: Stack, email: str) -> str:
    """The address in the newest mail to `email`."""
    from email import message_from_bytes, policy

    folder = stack.settings.auth_folder / "outbox"
    for path in sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if email in str(mail["To"]):
            body = mail.get_body(("plain",))
            assert body is not None
            return next(str(word) for word in body.get_content().split() if word.startswith("http"))
    raise AssertionError(f"no mail to {email} in {folder}")
