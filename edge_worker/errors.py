"""Errors of the edge worker, each with a message that tells what to do.

EdgeError
├── UsageError             an argument cannot be read (exit code 2)
├── SourceError            the video cannot be opened or read
│   └── SourceLostError    a live source was lost and did not come back
├── ModelError             no weights, or weights that detect the wrong things
└── BackendError           an inference backend is not installed or cannot run the model
"""

from __future__ import annotations


class EdgeError(Exception):
    """Base class: ``str(error)`` is one sentence for the user, ``exit_code`` the exit code of the command."""

    exit_code = 1


class UsageError(EdgeError):
    """An argument cannot be read."""

    exit_code = 2


class SourceError(EdgeError):
    """The video cannot be opened or read."""


class SourceLostError(SourceError):
    """A live source was lost and did not come back within the time allowed."""


class ModelError(EdgeError):
    """No weights were found, or they detect the wrong things."""


class BackendError(EdgeError):
    """The requested inference backend is not installed or cannot run the model."""
