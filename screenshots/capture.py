"""Take the pictures of a running stack, and find what is wrong with the pages meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, expect
from playwright.sync_api import TimeoutError as PageTimeoutError

from screenshots.pictures import HEIGHTS, App, Picture, View
from screenshots.showcase import PASSWORD, Showcase

_TIMEOUT_MS: Final = 60_000
_LOADING: Final = "[data-slot=skeleton], [role=status][aria-busy=true]"
# Resolves after the fonts have arrived and the page has been drawn. The timeout matters: headless Chromium does not
# always run an idle callback on a page without changes.
_DRAWN: Final = """
document.fonts.ready.then(() => new Promise(done =>
  requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 1000 }))))
"""


@dataclass(slots=True)
class Photographer:
    """Opens views in Chromium and takes their pictures.

    Attributes:
        browser: The running Chromium.
        showcase: The stores of the pictures.
        wall: The path of the wall view.
        folder: Where the pictures go.
        problems: What was wrong: errors of a page's script, and content that is wider than the window.
    """

    browser: Browser
    showcase: Showcase
    wall: str
    folder: Path
    problems: list[str] = field(default_factory=list)
    _sessions: dict[tuple[App, str], StorageState] = field(default_factory=dict)

    def take(self, view: View, pictures: Sequence[Picture]) -> None:
        """Take pictures of a view; each width is a page load of its own."""
        with self.context(view) as context:
            for width in sorted({picture.width for picture in pictures}):
                self.showcase.advance()
                chosen = [picture for picture in pictures if picture.width == width]
                page = context.new_page()
                self._watch(page, view)
                page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                page.emulate_media(color_scheme=chosen[0].theme, reduced_motion="reduce")
                try:
                    self.open(page, view)
                except (PageTimeoutError, AssertionError):
                    self.problems.append(f"{view.key} is not complete after {_TIMEOUT_MS / 1000:g} s")
                for picture in chosen:
                    page.emulate_media(color_scheme=picture.theme)
                    page.evaluate(_DRAWN)
                    path = self.folder / picture.file_name
                    page.screenshot(path=path, full_page=True, animations="disabled")
                overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if overflow > 0:
                    self.problems.append(f"{view.key} is {overflow} px wider than a window of {width} px")
                page.close()

    def open(self, page: Page, view: View) -> None:
        """Open a view in a page of its context, and wait until it is complete.

        Raises:
            PageTimeoutError: An element of the complete view does not appear.
            AssertionError: Something loads on and on.
        """
        if view.aborted is not None:
            page.route(view.aborted, lambda route: route.abort())
        page.goto(self._address(view))
        page.get_by_test_id(view.ready).first.wait_for(timeout=_TIMEOUT_MS)
        expect(page.locator(_LOADING)).to_have_count(0, timeout=_TIMEOUT_MS)
        if view.keys is not None:
            page.keyboard.press(view.keys)
            page.get_by_test_id(view.opened).wait_for(timeout=_TIMEOUT_MS)

    def _address(self, view: View) -> str:
        urls = {App.DASHBOARD: self.showcase.stack.urls.dashboard, App.ADMIN: self.showcase.stack.urls.admin}
        if "{" not in view.path:
            return urls[view.app] + view.path
        shown = self.showcase.store(view.state)
        cameras = {"camera": shown.cameras[0].id, "last_camera": shown.cameras[-1].id}
        return urls[view.app] + view.path.format(store=shown.store.id, wall=self.wall, **cameras)

    @contextmanager
    def context(self, view: View) -> Iterator[BrowserContext]:
        """Yield a context in the language of a view, with the session of who sees it, for a `with` block."""
        session = None if view.email is None else self._session(view.app, view.email)
        context = self.browser.new_context(locale=view.language, storage_state=session, reduced_motion="reduce")
        try:
            yield context
        finally:
            context.close()

    def _session(self, app: App, email: str) -> StorageState:
        """Sign in once in each application."""
        session = self._sessions.get((app, email))
        if session is None:
            page = self.browser.new_page(locale="en")
            page.goto(getattr(self.showcase.stack.urls, app))
            sign_in(page, email)
            session = page.context.storage_state()
            page.context.close()
            self._sessions[app, email] = session
        return session

    def _watch(self, page: Page, view: View) -> None:
        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.problems.append(f"{view.key}: {message.text}")

        if not view.fails:
            page.on("console", on_console)
            page.on("pageerror", lambda error: self.problems.append(f"{view.key}: {error}"))


def sign_in(page: Page, email: str) -> None:
    """Fill the sign-in form of an open page and wait for the next page."""
    page.get_by_test_id("sign-in-email").fill(email)
    page.get_by_test_id("sign-in-password").fill(PASSWORD)
    page.get_by_test_id("sign-in-submit").click()
    page.get_by_test_id("sign-out").wait_for(timeout=_TIMEOUT_MS)
