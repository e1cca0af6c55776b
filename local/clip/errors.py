"""What can be in the way of making the clip."""

from __future__ import annotations

from local.errors import LocalError


class ClipError(LocalError):
    """The clip cannot be made: the picture of people is not there, or no video can be written."""
