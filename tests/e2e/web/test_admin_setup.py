"""The admin pages in Chromium on the running stack: stores, cameras, lines, worker keys and owners are set up."""

from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, expect

from local.stack.stack import Stack
from tests.e2e.web.admin_pages import open_admin_page
from tests.e2e.web.setup_steps import expect_step
from tests.shop import Shop, create_superadmin, sign_in


def test_a_store_and_a_camera_are_added(stack: Stack, browser: Browser) -> None:
    page = open_admin_page(browser, stack, create_superadmin(stack))
    page.get_by_test_id("add-store").click()
    page.get_by_test_id("store-name-field").fill("New shop")
    page.get_by_test_id("store-timezone-field").fill("Asia/Kathmandu")
    page.get_by_label("Weeks begin on").select_option("Sunday")
    page.get_by_label("Always open").uncheck()
    page.get_by_label("Monday").fill("nine to five")
    page.get_by_test_id("form-save").click()
    expect(page.get_by_text("Enter hours as 09:00–20:00.")).to_be_visible()
    page.get_by_label("Monday").fill("9-17")
    page.get_by_test_id("form-save").click()

    expect_step(page, "camera", "current")
    page.get_by_role("link", name="New shop").click()
    expect(page.get_by_test_id("store-name")).to_have_text("New shop")
    expect(page.get_by_text("Mon 09:00–17:00")).to_be_visible()
    expect(page.get_by_text("Weeks begin on").locator("xpath=following-sibling::*")).to_have_text("Sunday")
    page.get_by_test_id("add-camera").click()
    page.get_by_test_id("camera-name-field").fill("Back door")
    page.get_by_test_id("form-save").click()
    expect(page.get_by_test_id("camera-name")).to_have_text("Back door")
    expect(page.get_by_test_id("camera-status")).to_have_text("Not connected yet")


def test_a_counting_policy_is_set(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot")
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/cameras/{shop.camera_id}")
    page.get_by_test_id("edit-camera").click()
    page.get_by_label("Shortest stay (seconds)").fill("2.5")
    page.get_by_label("Ignore children").check()
    page.get_by_test_id("form-save").click()
    expect(page.get_by_text("2.5 s", exact=True)).to_be_visible()
    stored = shop.admin.get(f"/admin/cameras/{shop.camera_id}").json()
    assert (stored["min_stay_s"], stored["ignore_children"]) == (2.5, True)

    page.get_by_test_id("edit-camera").click()
    expect(page.get_by_label("Ignore children")).to_be_checked()
    page.get_by_label("Shortest stay (seconds)").fill("0")
    page.get_by_label("Ignore children").uncheck()
    page.get_by_test_id("form-save").click()
    expect(page.get_by_text("As on the edge box")).to_have_count(2)


def test_the_drawn_line_is_stored(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot")
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/cameras/{shop.camera_id}")
    drawing = page.get_by_test_id("line-editor")
    box = drawing.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.7)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.4, steps=4)
    page.mouse.up()
    page.get_by_test_id("line-swap").click()
    page.get_by_test_id("line-end-a").press("Shift+ArrowUp")
    expect(page.get_by_test_id("line-coordinates")).to_contain_text("not saved")
    page.get_by_test_id("line-save").click()
    expect(page.get_by_test_id("line-coordinates")).not_to_contain_text("not saved")

    stored = shop.admin.get(f"/admin/cameras/{shop.camera_id}").json()["line"]
    assert stored == pytest.approx([0.8, 0.4 - 10 / 720, 0.2, 0.7], abs=0.005)


def test_a_worker_key_is_shown_once_and_authenticates(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot")
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}")
    page.get_by_test_id("add-key").click()
    page.get_by_test_id("key-name-field").fill("test box")
    page.get_by_test_id("form-save").click()
    secret = page.get_by_test_id("worker-key-secret").inner_text()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text(secret)).to_have_count(0)
    page.reload()
    key = page.get_by_test_id("worker-key").filter(has_text="test box")
    expect(key).to_contain_text(secret[-4:])
    assert secret not in page.content()

    address = f"{stack.urls.api}/cameras/{shop.camera_id}/config"
    assert httpx.get(address, headers={"X-Worker-Key": secret}, timeout=30).status_code == 200
    key.get_by_role("button", name="Revoke").click()
    key.get_by_role("button", name="Confirm revocation").click()
    expect(key).to_contain_text("Revoked")


def test_owners_are_invited_and_removed(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot")
    email = f"new-{uuid4().hex[:8]}@example.org"
    page = open_admin_page(browser, stack, create_superadmin(stack), f"/stores/{shop.store_id}")
    page.get_by_test_id("invite-email").fill(email)
    page.get_by_test_id("invite-send").click()
    expect(page.get_by_test_id("invite-sent")).to_contain_text(email)
    invite = page.get_by_test_id("invite").filter(has_text=email)
    invite.get_by_role("button", name="Revoke").click()
    invite.get_by_role("button", name="Confirm revocation").click()
    expect(invite).to_have_count(0)


def test_an_owner_sees_no_store_on_the_admin_pages(stack: Stack, browser: Browser) -> None:
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Hidden shop")
    owner = shop.add_owner(stack)
    page = open_admin_page(browser, stack, owner)
    expect(page.get_by_text("This account is not a superadmin")).to_be_visible()
    expect(page.get_by_text("Hidden shop")).to_have_count(0)
    token = sign_in(stack, owner)
    answer = httpx.get(f"{stack.urls.api}/admin/stores", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert answer.status_code == 404


def test_actions_are_in_the_audit_log(stack: Stack, browser: Browser) -> None:
    email = create_superadmin(stack)
    page = open_admin_page(browser, stack, email)
    page.get_by_test_id("add-store").click()
    page.get_by_test_id("store-name-field").fill("Audited shop")
    page.get_by_test_id("store-timezone-field").fill("Europe/Rome")
    page.get_by_test_id("form-save").click()
    page.get_by_test_id("nav-audit").click()
    entry = page.get_by_test_id("audit-entry").filter(has_text=email).first
    expect(entry).to_contain_text("Store added")
    expect(entry).to_contain_text(re.compile("Audited shop"))
