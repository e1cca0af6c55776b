"""What can go wrong at the edge, each with a sentence that a person beside the box can act on.

EdgeError
├── UsageError             an argument cannot be read (exit code 2)
├── SourceError            the video cannot be opened or read
│   └── SourceLostError    a live source went away and did not come back
├── ModelError             no weights, or weights that do not do what they should
└── BackendError           an inference engine that was asked for is not there or refuses
"""

from __future__ import annotations


class EdgeError(Exception):
    """Root of the tree: ``str(error)`` is one clear sentence, ``exit_code`` what the command ends with."""

    exit_code = 1


class UsageError(EdgeError):
    """An argument cannot be read."""

    exit_code = 2


class SourceError(EdgeError):
    """The video cannot be opened or read."""


class SourceLostError(SourceError):
    """A live source went away and did not come back within the time allowed."""


class ModelError(EdgeError):
    """No weights were found, or they do not see what they should."""


class BackendError(EdgeError):
    """The inference engine asked for is not installed or cannot run the model."""
