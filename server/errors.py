"""The errors of the commands of one server; every message is one sentence that says what to do.

ServerError
├── InstallationError   a setting is missing or not valid
└── OperationError      the database, the auth service or a file refused what was asked
"""

from __future__ import annotations


class ServerError(Exception):
    """Base class; the message says what is wrong, with which value, and what to do. It never repeats a secret."""


class InstallationError(ServerError):
    """A setting is missing or not valid."""


class OperationError(ServerError):
    """The database, the auth service or a file refused what was asked."""
