"""The dashboard in other languages: it fits on a phone, has no violations of axe-core, and remembers the language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from local.stack.stack import Stack
from tests.e2e.web.test_accessibility import violations_of
from tests.shop import PASSWORD, Shop

SIGN_OUT = {"de": "Abmelden", "es": "Cerrar sesión", "fr": "Se déconnecter", "it": "Esci"}
SIGN_IN = {"de": "Anmelden", "es": "Iniciar sesión", "fr": "Se connecter", "it": "Accedi"}


@pytest.fixture(scope="module")
def owner(stack: Stack) -> str:
    """The owner of two stores, one of which has a long name."""
    shop = Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name=f"Donaudampfschifffahrt {'w' * 90}")
    email = shop.add_owner(stack)
    Shop.open(stack, (0.1, 0.5, 0.9, 0.5), "foot", name="Bakery").invite(email)
    return email


def choose_language(page: Page, language: str) -> None:
    """Choose the language on the sign-in page."""
    page.get_by_test_id("language").select_option(language)
    expect(page.get_by_role("heading", level=1)).to_have_text(SIGN_IN[language])
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_test_id("language")).to_be_focused()


@pytest.mark.parametrize(
    "language", ["de", *(pytest.param(language, marks=pytest.mark.slow) for language in ("es", "fr", "it"))]
)
def test_the_pages_fit_on_a_phone_and_have_no_violations(
    stack: Stack, browser: Browser, owner: str, language: str
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(stack.urls.dashboard)
    choose_language(page, language)
    assert violations_of(page) == []
    page.get_by_test_id("sign-in-email").fill(owner)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    expect(page.get_by_test_id("sign-out")).to_have_text(SIGN_OUT[language])
    page.get_by_test_id("league").wait_for()
    assert violations_of(page) == []
    page.get_by_test_id("store-card").first.click()
    page.get_by_test_id("tiles").wait_for()
    page.get_by_test_id("no-forecast").wait_for()
    assert violations_of(page) == []
    page.get_by_test_id("compare").click()
    page.get_by_test_id("compare-year").wait_for()
    page.keyboard.press("Escape")
    page.get_by_test_id("date-picker").click()
    page.get_by_test_id("calendar").wait_for()
    assert violations_of(page, dialog=True) == []
    page.keyboard.press("Escape")
    page.get_by_test_id("reset-open").click()
    page.get_by_role("dialog").wait_for()
    assert violations_of(page, dialog=True) == []


def test_the_language_is_that_of_the_browser_until_one_is_chosen(stack: Stack, browser: Browser, owner: str) -> None:
    page = browser.new_page(locale="it-CH")
    page.goto(stack.urls.dashboard)
    expect(page.get_by_role("heading", level=1)).to_have_text(SIGN_IN["it"])
    page.get_by_test_id("sign-in-email").fill(owner)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("settings").click()
    page.get_by_test_id("language-de").click()
    expect(page.get_by_test_id("sign-out")).to_have_text(SIGN_OUT["de"])
    expect(page.get_by_test_id("settings")).to_be_focused()
    page.reload()
    expect(page.get_by_test_id("sign-out")).to_have_text(SIGN_OUT["de"])
