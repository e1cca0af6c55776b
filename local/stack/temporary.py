"""A stack for one `with` block: real services on free ports, with a state folder that is deleted afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.stack.ports import Ports
from local.stack.settings import StackSettings
from local.stack.stack import Stack
from local.stack.supervisor import Report


@contextmanager
def temporary_stack(report: Report = lambda _: None) -> Iterator[Stack]:
    """Yield a running stack with an empty embedded database.

    Args:
        report: Called with one line about each thing that happens.

    Raises:
        LocalError: Something is missing, or a service did not start.
    """
    with tempfile.TemporaryDirectory(prefix="metrica-stack-") as folder:
        settings = StackSettings(home=Path(folder).resolve(), ports=Ports.free())
        with Stack.start(settings, report) as stack:
            yield stack
