"""The admin pages in two Chromium windows at once, and what must not happen by accident."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.admin_pages import open_admin_page
from tests.shop import PASSWORD, Shop, create_superadmin

LINE = (0.1, 0.5, 0.9, 0.5)
Person = tuple[str, Callable[[str], Page]]


def make_person(stack: Stack, browser: Browser) -> Person:
    """The address of a superadmin, and a function that opens an admin page in a window of theirs."""
    email = create_superadmin(stack)
    signed_in = open_admin_page(browser, stack, email).context.storage_state()

    def open_at(path: str) -> Page:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, storage_state=signed_in)
        page.goto(stack.urls.admin + path)
        return page

    return email, open_at


@pytest.fixture(scope="module")
def anna(stack: Stack, browser: Browser) -> Person:
    return make_person(stack, browser)


@pytest.fixture(scope="module")
def ben(stack: Stack, browser: Browser) -> Person:
    return make_person(stack, browser)


def enter_fps(page: Page, fps: str) -> None:
    page.get_by_test_id("edit-camera").click()
    page.get_by_test_id("camera-fps-field").fill(fps)


def drag_end(page: Page, share_x: float, share_y: float) -> None:
    """Drag the end a of the line to a place in the picture, once the page stands still."""
    page.get_by_test_id("line-end-a").hover()
    drawing, end = page.get_by_test_id("line-editor").bounding_box(), page.get_by_test_id("line-end-a").bounding_box()
    assert drawing is not None
    assert end is not None
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2)
    page.mouse.down()
    page.mouse.move(drawing["x"] + drawing["width"] * share_x, drawing["y"] + drawing["height"] * share_y, steps=5)
    page.mouse.up()


AT_REST = """() => new Promise((resolve) => {
  let last = window.scrollY;
  let still = 0;
  const look = () => {
    still = window.scrollY === last ? still + 1 : 0;
    last = window.scrollY;
    if (still < 10) requestAnimationFrame(look);
    else resolve();
  };
  look();
})"""
"""Resolves when the page has not scrolled for ten frames: it goes on after the finger has left the screen."""


def swipe(page: Page, start: dict[str, float], target: dict[str, float]) -> None:
    """Move a finger over the screen, a step in each frame, and wait until the page is at rest.

    The browser decides whether that scrolls the page.
    """
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
    for step in range(1, 9):
        point = {axis: start[axis] + (target[axis] - start[axis]) * step / 8 for axis in ("x", "y")}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.evaluate("() => new Promise(requestAnimationFrame)")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.evaluate(AT_REST)


def test_two_admins_who_set_the_frame_rate_at_once_are_told(stack: Stack, anna: Person, ben: Person) -> None:
    shop = Shop.open(stack, LINE, "foot")
    path = f"/cameras/{shop.camera_id}"
    (anna_email, open_for_anna), (_, open_for_ben) = anna, ben
    first, second = open_for_anna(path), open_for_ben(path)
    enter_fps(second, "15")
    second.get_by_test_id("camera-name-field").fill("Main door")
    enter_fps(first, "12")
    first.get_by_test_id("form-save").click()
    expect(first.get_by_role("dialog")).to_have_count(0)

    second.get_by_test_id("form-save").click()
    notice = second.get_by_test_id("conflict")
    expect(notice).to_contain_text(f"{anna_email} changed this")
    expect(notice).to_contain_text("Frames per second: both of you changed it. It was 10.")
    assert shop.admin.get(f"/admin{path}").json()["sample_fps"] == 12
    expect(second.get_by_test_id("form-save")).to_be_disabled()
    second.get_by_test_id("conflict-sample_fps-theirs").check()
    second.get_by_test_id("form-save").click()
    expect(second.get_by_role("dialog")).to_have_count(0)
    camera = shop.admin.get(f"/admin{path}").json()
    assert (camera["sample_fps"], camera["name"]) == (12, "Main door")


def test_two_admins_who_move_the_line_at_once_see_both_lines(stack: Stack, anna: Person, ben: Person) -> None:
    shop = Shop.open(stack, LINE, "foot")
    path = f"/cameras/{shop.camera_id}"
    (anna_email, open_for_anna), (_, open_for_ben) = anna, ben
    first, second = open_for_anna(path), open_for_ben(path)
    drag_end(second, 0.2, 0.7)
    first.get_by_test_id("line-swap").click()
    first.get_by_test_id("line-save").click()
    expect(first.get_by_test_id("line-coordinates")).to_have_text("0.90, 0.50 → 0.10, 0.50")

    second.get_by_test_id("line-save").click()
    expect(second.get_by_test_id("line-conflict")).to_contain_text(f"{anna_email} changed this")
    expect(second.get_by_test_id("other-line")).to_have_count(1)
    assert shop.admin.get(f"/admin{path}").json()["line"] == [0.9, 0.5, 0.1, 0.5]
    second.get_by_role("button", name="Save my line").click()
    expect(second.get_by_test_id("line-conflict")).to_have_count(0)
    expect(second.get_by_test_id("line-coordinates")).not_to_contain_text("not saved")
    assert shop.admin.get(f"/admin{path}").json()["line"] == pytest.approx([0.2, 0.7, 0.9, 0.5], abs=0.005)


def test_a_double_click_creates_one_camera(stack: Stack, anna: Person) -> None:
    shop = Shop.open(stack, LINE, "foot")
    page = anna[1](f"/stores/{shop.store_id}")
    page.get_by_test_id("add-camera").click()
    page.get_by_test_id("camera-name-field").fill("Back door")
    page.get_by_test_id("form-save").dblclick()
    expect(page.get_by_test_id("camera-name")).to_have_text("Back door")
    cameras = shop.admin.get(f"/admin/stores/{shop.store_id}/cameras").json()["cameras"]
    assert [camera["name"] for camera in cameras] == ["Door", "Back door"]


def test_a_click_does_not_collapse_the_line_and_steps_are_undone(stack: Stack, anna: Person) -> None:
    shop = Shop.open(stack, LINE, "foot")
    page = anna[1](f"/cameras/{shop.camera_id}")
    coordinates = page.get_by_test_id("line-coordinates")
    expect(coordinates).to_have_text("0.10, 0.50 → 0.90, 0.50")
    page.get_by_test_id("line-editor").click(position={"x": 200, "y": 60})
    expect(coordinates).to_have_text("0.10, 0.50 → 0.90, 0.50")
    drag_end(page, 0.3, 0.6)
    expect(coordinates).to_contain_text("0.30, 0.60")
    page.get_by_test_id("line-end-a").press("ArrowRight")
    page.get_by_test_id("line-undo").click()
    page.get_by_test_id("line-undo").click()
    expect(coordinates).to_have_text("0.10, 0.50 → 0.90, 0.50")
    page.get_by_test_id("line-redo").click()
    expect(coordinates).to_contain_text("0.30, 0.60")


def test_on_a_phone_the_picture_scrolls_the_page_and_an_end_is_dragged(
    stack: Stack, browser: Browser, anna: Person
) -> None:
    shop = Shop.open(stack, LINE, "foot")
    state = anna[1]("/").context.storage_state()
    context = browser.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True, storage_state=state
    )
    page = context.new_page()
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}")
    coordinates = page.get_by_test_id("line-coordinates")
    expect(coordinates).to_have_text("0.10, 0.50 → 0.90, 0.50")
    page.get_by_test_id("line-editor").scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    box = page.get_by_test_id("line-editor").bounding_box()
    assert box is not None
    start = {"x": box["x"] + box["width"] * 0.4, "y": box["y"] + box["height"] * 0.9}
    swipe(page, start, {"x": start["x"], "y": start["y"] - 160})
    page.wait_for_function("before => window.scrollY > before + 50", arg=before)
    expect(coordinates).to_have_text("0.10, 0.50 → 0.90, 0.50")

    end, drawing = page.get_by_test_id("line-end-a").bounding_box(), page.get_by_test_id("line-editor").bounding_box()
    assert end is not None
    assert drawing is not None
    start = {"x": end["x"] + end["width"] / 2, "y": end["y"] + end["height"] / 2}
    target = {"x": drawing["x"] + drawing["width"] * 0.3, "y": drawing["y"] + drawing["height"] * 0.6}
    scrolled = page.evaluate("window.scrollY")
    swipe(page, start, target)
    expect(coordinates).to_contain_text("0.30, 0.60")
    assert page.evaluate("window.scrollY") == scrolled


def test_a_link_to_a_page_survives_the_sign_in(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, LINE, "foot")
    page = browser.new_page()
    page.goto(f"{stack.urls.admin}/cameras/{shop.camera_id}")
    page.get_by_test_id("sign-in-email").fill(create_superadmin(stack))
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    expect(page.get_by_test_id("camera-name")).to_have_text("Door")


def test_escape_asks_before_entered_text_is_lost_and_hours_are_shown_as_understood(stack: Stack, anna: Person) -> None:
    page = anna[1]("/")
    page.get_by_test_id("add-store").click()
    page.get_by_test_id("store-name-field").fill("Corner shop")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keep editing").click()
    expect(page.get_by_test_id("store-name-field")).to_have_value("Corner shop")
    page.get_by_label("Always open").uncheck()
    page.get_by_test_id("store-hours-mon").fill("9-5")
    expect(page.get_by_text("Understood as 09:00–17:00.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("discard-confirm").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_long_name_does_not_widen_any_page(stack: Stack, browser: Browser, anna: Person) -> None:
    name = "Kaufhausgruppenverwaltungsgesellschaft" * 3
    shop = Shop.open(stack, LINE, "foot", name=name)
    shop.admin.patch(f"/admin/cameras/{shop.camera_id}", json={"name": name}).raise_for_status()
    shop.admin.post(f"/admin/stores/{shop.store_id}/worker-keys", json={"name": name}).raise_for_status()
    state = anna[1]("/").context.storage_state()
    page = browser.new_page(viewport={"width": 390, "height": 800}, storage_state=state)
    for path in ("/", f"/stores/{shop.store_id}", f"/cameras/{shop.camera_id}", f"/audit?store={shop.store_id}"):
        page.goto(stack.urls.admin + path)
        expect(page.get_by_text(name).locator("visible=true").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
