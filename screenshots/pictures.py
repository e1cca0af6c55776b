"""The pictures: which page, in which state, language, theme and width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
        path: To open; `{store}` and `{camera}` are of the store of the state, `{wall}` is the path of the wall view.
        ready: The test id of an element that is on the complete page.
        app: The application.
        state: Whose store is shown.
        email: Who is signed in; None is nobody.
        language: Of the browser.
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
    aborted: str | None = None
    fails: bool = False

    @property
    def key(self) -> str:
        """The name of the view in the names of its files."""
        if self.name in MAIN_PAGES:
            return f"{self.name}-{self.state}-{self.language}"
        return self.name


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
    def admin(name: str, path: str, ready: str, state: State = State.FULL) -> View:
        return View(f"admin-{name}", path, ready, app=App.ADMIN, email=ADMIN, state=state)

    yield View("admin-sign-in", "/sign-in", "sign-in-form", app=App.ADMIN)
    yield admin("overview", "/", "store-health")
    yield admin("store", "/stores/{store}", "worker-key")
    yield admin("camera", "/cameras/{camera}", "count-check")
    yield admin("camera-degraded", "/cameras/{camera}", "line-editor", state=State.DEGRADED)
    yield admin("live-test", "/cameras/{camera}/live", "crossing")
    yield admin("tally", "/cameras/{camera}/count", "tally-start")
    yield admin("certificate", "/cameras/{camera}/certificate", "certificate")
    yield admin("setup", "/stores/{store}/setup", "setup-owner")
    yield admin("setup-begun", "/stores/{store}/setup", "setup-waiting", state=State.EMPTY)
    yield admin("audit", "/audit", "audit-entry")
    yield admin("not-found", "/no/such/page", "message-page")
