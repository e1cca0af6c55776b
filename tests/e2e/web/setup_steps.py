"""The guided setup in Chromium, by the clicks and fields of a person, which are counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from edge_worker.weights.export_cache import export_weights
from tests.assets import models_folder

Line = tuple[float, float, float, float]
RENDERED_MS = 60_000
"""The first call of a Lambda takes long on a busy machine."""


@dataclass
class Person:
    """Somebody at a page. Counts what they do, and measures what they wait for.

    Attributes:
        clicks: clicks, and drags.
        fields: fields that were filled in.
        waits: seconds of each wait, by what was waited for.
    """

    page: Page
    clicks: int = 0
    fields: int = 0
    waits: dict[str, float] = field(default_factory=dict)

    def click(self, test_id: str) -> None:
        self.page.get_by_test_id(test_id).click()
        self.clicks += 1

    def untick(self, label: str) -> None:
        self.page.get_by_label(label).uncheck()
        self.clicks += 1

    def fill(self, test_id: str, text: str) -> None:
        self.page.get_by_test_id(test_id).fill(text)
        self.fields += 1

    def drag_line(self, line: Line) -> None:
        """Draw a line over the picture, from a to b, each in 0..1 of its width and height."""
        drawing = self.page.get_by_test_id("line-editor")
        drawing.scroll_into_view_if_needed()
        box = drawing.bounding_box()
        assert box is not None
        ax, ay, bx, by = line
        self.page.mouse.move(box["x"] + box["width"] * ax, box["y"] + box["height"] * ay)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * bx, box["y"] + box["height"] * by, steps=5)
        self.page.mouse.up()
        self.clicks += 1

    @contextmanager
    def wait(self, what: str) -> Iterator[None]:
        """Measure a block that waits for the machine."""
        began = time.monotonic()
        yield
        self.waits[what] = time.monotonic() - began

    def report(self, write: Callable[[str], object]) -> None:
        """Write the numbers."""
        waits = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in self.waits.items())
        write(f"setup: {self.clicks} clicks, {self.fields} fields; waited {sum(self.waits.values()):.1f} s: {waits}")


def copy_model(home: Path) -> None:
    """Put the exported model where the setup asks for it, in the home of an edge box."""
    exported = export_weights(models_folder() / "yolo26n.pt", "openvino").parent
    models = home / "metrica" / "models"
    models.mkdir(parents=True)
    (models / exported.name).symlink_to(exported)


def make_command(person: Person, source: str) -> str:
    """Make the command for the edge box in the step that connects it, and return it."""
    person.click("setup-create-key")
    person.fill("setup-source", source)
    return person.page.get_by_test_id("setup-command").inner_text()


def expect_step(page: Page, name: str, state: str) -> None:
    """Wait until a step is `current`, `done` or `todo`."""
    expect(page.get_by_test_id(f"setup-{name}")).to_have_attribute("data-state", state, timeout=RENDERED_MS)
