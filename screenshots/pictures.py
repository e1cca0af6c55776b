"""The pictures: which page, in which state, language, theme and width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from screenshots.showcase import ADMIN, NEWCOMER
from screenshots.stores import State

Theme = Literal["light", "dark"]
Language = Literal["en", "de"]

HEIGHTS: Final = {360: 780, 1440: 900, 2560: 1440}
"""The height of the window for each width, in CSS pixels."""
WIDTHS: Final = tuple(HEIGHTS)
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
LANGUAGES: Final[tuple[Language, ...]] = ("en", "de")


class App(StrEnum):
    """A web application."""

    DASHBOARD = "dashboard"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class View:
    """A page to open. It gives six pictures, one for each width and theme.

    Attributes:
        name: Of the page, and the first part of the names of its files.
        path: To open; `{store}` is the store of the state, `{camera}` its first camera, `{last_camera}` its last one,
            and `{wall}` the path of the wall view.
        ready: The test id of an element that is on the complete page.
        app: The application.
        state: Whose store is shown.
        email: Who is signed in; None is nobody.
        language: Of the browser.
        keys: To press on the complete page, as in Playwright; None for the page as it opens.
        opened: The test id of what the keys open.
        aborted: A pattern of requests that fail.
        fails: Whether the page shows an error, so that its errors are expected.
    """

    name: str
    path: str
    ready: str
    app: App = App.DASHBOARD
    state: State = State.FULL
    email: str | None = None
    language: Language = "en"
    keys: str | None = None
    opened: str = ""
    aborted: str | None = None
    fails: bool = False

    @property
    def key(self) -> str:
        """The name of the view in the names of its files."""
        if self.name in MAIN_PAGES:
            return f"{self.name}-{self.state}-{self.language}"
        return self.name if self.language == "en" else f"{self.name}-{self.language}"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a view; `width` in CSS pixels."""

    view: View
    width: int
    theme: Theme

    @property
    def file_name(self) -> str:
        """As in the folder of the pictures."""
        return f"{self.view.key}-{self.theme}-{self.width}.png"


MAIN_PAGES: Final = {"stores": ("/", "store-card"), "store": ("/stores/{store}", "tiles")}
"""The path and the test id of the pages that are shown in all states and languages."""


def views() -> list[View]:
    """Return all views."""
    return [*_main_views(), *_dashboard_views(), *_admin_views()]


def pictures(view: View) -> list[Picture]:
    """Return the six pictures of a view."""
    return [Picture(view, width, theme) for width in WIDTHS for theme in THEMES]


def _main_views() -> Iterator[View]:
    for name, (path, ready) in MAIN_PAGES.items():
        for state in State:
            for language in LANGUAGES:
                yield View(name, path, ready, state=state, email=f"{state}@example.org", language=language)


def _dashboard_views() -> Iterator[View]:
    full, degraded = "full@example.org", "degraded@example.org"
    yield View("sign-in", "/sign-in", "sign-in-form")
    yield View("forgotten-password", "/forgotten", "forgot-password-email")
    yield View("invitation", "/welcome?token_hash=abc&type=invite", "welcome-accept")
    yield View("used-link", "/welcome?error_code=otp_expired&type=recovery", "link-error")
    yield View("no-stores", "/", "sign-out", email=NEWCOMER)
    for period in ("week", "month", "year"):
        yield View(f"store-{period}", f"/stores/{{store}}?period={period}", "tiles", email=full)
    yield View("store-hour", "/stores/{store}?hour=12%3A00", "quarter-table", email=full)
    yield View("store-api-down", "/stores/{store}", "sign-out", email=full, aborted="**/live/**", fails=True)
    yield View("store-not-found", f"/stores/{'0' * 8}-0000-4000-8000-{'0' * 12}", "sign-out", email=full, fails=True)
    yield View("palette", "/stores/{store}", "tiles", email=full, keys="Control+k", opened="palette")
    yield View("help", "/help", "sign-out", email=full)
    yield View("account", "/account", "account-store", email=full)
    yield View("wall", "{wall}", "wall-occupancy")
    for section, ready in (
        ("notifications", "channel"),
        ("reports", "report-week"),
        ("calendar", "special-day"),
        ("screens", "wall-link"),
    ):
        yield View(f"settings-{section}", f"/stores/{{store}}/settings/{section}", ready, email=full)
    incidents = "/stores/{store}/settings/incidents"
    yield View("settings-incidents", f"{incidents}?show=all", "incident", state=State.DEGRADED, email=degraded)
    yield View("unsubscribe", f"/unsubscribe#token=un_{'a' * 43}", "unsubscribe")
    yield View("not-found", "/no/such/page", "message-page")
    yield View("error", "/account", "message-page", email=full, aborted="**/assets/account-page*.js", fails=True)


def _admin_views() -> Iterator[View]:
    yield View("admin-sign-in", "/sign-in", "sign-in-form", app=App.ADMIN)
    yield View("admin-forgotten-password", "/forgotten", "forgot-password-email", app=App.ADMIN)
    yield View("admin-new-password", "/welcome?token_hash=abc&type=recovery", "welcome-accept", app=App.ADMIN)
    yield View("admin-no-superadmin", "/", "sign-out", app=App.ADMIN, email=NEWCOMER)
    for language in LANGUAGES:
        yield from _superadmin_views(language)
    yield _admin_view("not-found", "/no/such/page", "message-page")


def _superadmin_views(language: Language) -> Iterator[View]:
    def view(name: str, path: str, ready: str, state: State = State.FULL) -> View:
        return _admin_view(name, path, ready, state=state, language=language)

    yield view("overview", "/", "store-health")
    yield view("overview-problems", "/?show=problems", "camera-problems", State.DEGRADED)
    yield view("overview-overdue", "/?show=count_check", "overdue-count-check")
    yield view("add-store", "/?open=add-store", "store-name-field")
    yield view("store", "/stores/{store}", "worker-key")
    yield view("setup", "/stores/{store}/setup?camera={last_camera}", "setup-owner")
    yield view("setup-begun", "/stores/{store}/setup", "setup-waiting", State.EMPTY)
    yield view("camera", "/cameras/{camera}", "count-check")
    yield view("camera-degraded", "/cameras/{camera}", "line-editor", State.DEGRADED)
    yield view("live-test", "/cameras/{camera}/live", "crossing")
    yield view("live-test-incidents", "/cameras/{camera}/live", "camera-troubles", State.DEGRADED)
    yield view("tally", "/cameras/{camera}/count", "tally-start")
    yield view("certificate", "/cameras/{camera}/certificate", "certificate")
    yield view("audit", "/audit", "audit-entry")
    yield view("audit-of-a-store", "/audit?store={store}", "audit-entry")
    palette = view("palette", "/stores/{store}", "worker-key")
    yield replace(palette, keys="Control+k", opened="palette")
    yield replace(palette, name="admin-keys", keys="?", opened="keys")


def _admin_view(name: str, path: str, ready: str, *, state: State = State.FULL, language: Language = "en") -> View:
    return View(f"admin-{name}", path, ready, app=App.ADMIN, email=ADMIN, state=state, language=language)
