"""The built pages in Chromium, with the Content-Security-Policy that they are served with."""

from __future__ import annotations

import pytest
from playwright.sync_api import ConsoleMessage, expect

from local.stack.stack import Stack
from tests.browser import chromium
from tests.shop import PASSWORD, create_superadmin


@pytest.mark.parametrize("application", ["dashboard", "admin"])
def test_a_sign_in_causes_no_warning_in_the_console(stack: Stack, application: str) -> None:
    email = create_superadmin(stack)
    warnings: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            warnings.append(message.text)

    with chromium() as browser:
        page = browser.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: warnings.append(str(error)))
        page.goto({"dashboard": stack.urls.dashboard, "admin": stack.urls.admin}[application])
        page.get_by_test_id("sign-in-email").fill(email)
        page.get_by_test_id("sign-in-password").fill(PASSWORD)
        page.get_by_test_id("sign-in-submit").click()
        expect(page.get_by_test_id("sign-in-form")).to_be_hidden(timeout=30_000)
        expect(page.get_by_text(email).or_(page.get_by_role("button", name="Sign out")).first).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert warnings == []
