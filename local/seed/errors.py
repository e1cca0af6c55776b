"""What can be in the way of the demo tenant."""

from __future__ import annotations

from local.errors import LocalError


class SeedError(LocalError):
    """The demo tenant cannot be written; the message says what the database or the disk answered."""
