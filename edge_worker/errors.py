"""The errors of the edge worker. Each message says what is wrong and what to do.

EdgeError
├── UsageError             an argument cannot be read (exit code 2)
├── SourceError            the video cannot be opened or read
│   └── SourceLostError    a camera stopped sending and did not reconnect
├── ModelError             no model file, or a model that fails its check
└── BackendError           a named inference backend is not installed or cannot run the model
"""

from __future__ import annotations


class EdgeError(Exception):
    """Base class of all errors. Its text is one sentence; ``exit_code`` is the exit code of the command."""

    exit_code = 1


class UsageError(EdgeError):
    """An argument cannot be read."""

    exit_code = 2


class SourceError(EdgeError):
    """The video cannot be opened or read."""


class SourceLostError(SourceError):
    """A camera stopped sending and did not reconnect in time."""


class ModelError(EdgeError):
    """There is no model file, or the model fails its check."""


class BackendError(EdgeError):
    """A named inference backend is not installed or cannot run the model."""
