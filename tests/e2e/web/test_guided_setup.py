"""From nothing to a counted crossing on the owner's dashboard: in Chromium, with the real edge worker on a clip."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from local.stack.stack import Stack
from tests.assets import clip, write_part
from tests.e2e.test_a_clip_reaches_the_page import link_mailed_to
from tests.e2e.web.admin_pages import open_admin_page
from tests.e2e.web.setup_steps import RENDERED_MS, Line, Person, copy_model, expect_step, make_command
from tests.shop import PASSWORD, Shop, create_superadmin

MAX_CLICKS, MAX_FIELDS, MAX_MACHINE_S = 9, 6, 60


@contextmanager
def edge_box(command: str, home: Path) -> Iterator[None]:
    """Run a worker with the settings of the command. Its clip plays like a camera, again and again."""
    settings = "\n".join(line for line in command.splitlines() if line.startswith("export "))
    worker = f"exec {sys.executable} -m edge_worker.cli run --pace real-time --loop --log-format json"
    copy_model(home)
    environment = {**os.environ, "HOME": str(home)}
    for name in ("METRICA_MODELS", "XDG_STATE_HOME"):
        environment.pop(name, None)
    with (
        (home / "worker.log").open("w") as log,
        subprocess.Popen(["sh", "-c", f"{settings}\n{worker}"], env=environment, stdout=log, stderr=log) as running,
    ):
        try:
            yield
            assert running.poll() is None, (home / "worker.log").read_text()
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=30)


def test_a_person_sets_up_a_store_until_its_owner_sees_the_first_visitor(
    stack: Stack, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = json.loads(clip("doorway_6.truth.json").read_text(encoding="utf-8"))
    line: Line = tuple(truth["line"])
    video = write_part(tmp_path / "in.avi", "doorway_6.mpg", first=435, last=535, step=2)  # one person goes in
    owner = f"owner-{uuid4().hex[:8]}@example.org"
    page = open_admin_page(browser, stack, create_superadmin(stack))
    person = Person(page)

    person.click("add-store")
    person.fill("store-name-field", "Shop of the setup")
    person.fill("store-timezone-field", "München")
    expect(page.get_by_text("Munich, Bavaria, Germany: Europe/Berlin")).to_be_visible()
    expect(page.get_by_test_id("store-country-field")).to_have_value("DE")
    person.untick("Always open")
    person.fill("store-week-field", "daily 0-24")
    person.click("form-save")
    expect_step(page, "camera", "current")
    expect(page.get_by_test_id("setup-details")).to_contain_text(
        "Europe/Berlin · Mon–Sun 00:00–24:00 · public holidays"
    )

    person.fill("camera-name-field", "Entrance")
    person.click("form-save")
    expect_step(page, "connect", "current")
    command = make_command(person, str(video))
    person.click("setup-command-copy")
    with edge_box(command, tmp_path):
        with person.wait("picture"):
            expect_step(page, "connect", "done")
            expect_step(page, "line", "current")
            expect(page.get_by_test_id("setup-line").locator("img")).to_be_visible(timeout=RENDERED_MS)
        person.drag_line(line)
        person.click("line-save")
        with person.wait("crossing"):
            expect_step(page, "line", "done")
            expect_step(page, "walk", "done")
        expect_step(page, "owner", "current")
        person.fill("invite-email", owner)
        person.click("invite-send")
        with person.wait("invitation"):
            expect(page.get_by_test_id("setup-complete")).to_be_visible()
        page.get_by_test_id("setup-walk-toggle").click()
        expect(page.get_by_test_id("crossing").first).to_contain_text("IN")

        visitor = browser.new_page()
        visitor.goto(link_mailed_to(stack, owner))
        visitor.get_by_test_id("welcome-accept").click()
        visitor.get_by_test_id("welcome-password").fill(PASSWORD)
        visitor.get_by_test_id("welcome-password-confirmation").fill(PASSWORD)
        visitor.get_by_test_id("welcome-save").click()
        with person.wait("dashboard"):
            expect(visitor.get_by_test_id("store-name")).to_have_text("Shop of the setup", timeout=RENDERED_MS)
            expect(visitor.get_by_test_id("tile-visitors-value")).to_have_text(
                re.compile(r"[1-9]\d*"), timeout=RENDERED_MS
            )

    with capsys.disabled():
        person.report(print)
    assert person.clicks <= MAX_CLICKS
    assert person.fields <= MAX_FIELDS
    assert sum(person.waits.values()) <= MAX_MACHINE_S


def test_it_is_left_and_resumed_by_another_admin_where_the_data_says(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Half set up")
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}")
    page.get_by_test_id("store-setup").click()
    expect_step(page, "connect", "current")
    command = make_command(Person(page), "rtsp://viewer:it's a secret@192.168.1.64/2")
    assert "export METRICA_SOURCE='rtsp://viewer:it'\\''s a secret@192.168.1.64/2'" in command
    first_key = command.partition("METRICA_WORKER_KEY='")[2].partition("'")[0]

    other = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}/setup")
    expect_step(other, "connect", "current")
    expect(other.get_by_text(first_key)).to_have_count(0)
    expect(other.get_by_test_id("setup-create-key")).to_have_text("Make a new command")
    second = make_command(Person(other), "")
    assert first_key not in second
    # The step that is closed and opened again still has the command, whose key is not shown again.
    other.get_by_test_id("setup-connect-toggle").press("Enter")
    expect(other.get_by_test_id("setup-command")).to_be_hidden()
    other.get_by_test_id("setup-connect-toggle").press("Enter")
    expect(other.get_by_test_id("setup-command")).to_have_text(second)


def test_a_line_that_is_swapped_while_the_worker_runs_flips_the_next_crossing(
    stack: Stack, browser: Browser, tmp_path: Path
) -> None:
    truth = json.loads(clip("doorway_6.truth.json").read_text(encoding="utf-8"))
    video = write_part(tmp_path / "out.avi", "doorway_6.mpg", first=200, last=300, step=2)  # one person goes out
    shop = Shop.open(stack, truth["line"], truth["anchor"], name="Shop of the swap")
    command = f"""export METRICA_API_URL='{stack.urls.api}'
export METRICA_CAMERA_ID='{shop.camera_id}'
export METRICA_WORKER_KEY='{shop.worker_key}'
export METRICA_SOURCE='{video}'"""
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/cameras/{shop.camera_id}")
    live = open_admin_page(browser, stack, create_superadmin(stack), f"/cameras/{shop.camera_id}")
    live.get_by_test_id("live-test").click()
    with edge_box(command, tmp_path):
        crossings = live.get_by_test_id("crossing")
        expect(crossings.first).to_contain_text("OUT", timeout=RENDERED_MS)
        expect(live.get_by_test_id("camera-status")).to_have_text("Online")
        page.get_by_test_id("line-swap").click()
        page.get_by_test_id("line-save").click()
        expect(page.get_by_test_id("line-coordinates")).not_to_contain_text("not saved")
        expect(crossings.first).to_contain_text("IN", timeout=RENDERED_MS)
    feed = shop.admin.get(f"/admin/cameras/{shop.camera_id}/crossings").json()["crossings"]
    directions = [crossing["direction"] for crossing in sorted(feed, key=lambda crossing: str(crossing["ts"]))]
    assert directions == sorted(directions, reverse=True)  # OUT until the swap, IN from then on
    assert set(directions) == {"IN", "OUT"}
