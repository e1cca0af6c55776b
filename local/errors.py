"""The errors of the local stack; every message is one sentence that a person can act on.

LocalError
├── SettingsError         an environment variable holds something unusable
├── MissingToolError      Node, node_modules or a web build is not there
├── PortTakenError        a port of ours is held by another program
├── AlreadyRunningError   a second stack on the same state folder
├── PartFailedError       a part never became ready, or kept dying
├── MigrationError        the database refused a migration
└── AccountError          a user of the auth, or an analyst, cannot be made or changed
"""

from __future__ import annotations


class LocalError(Exception):
    """Something on this machine is in the way; the message says what, with which value, and what to do."""


class SettingsError(LocalError):
    """An environment variable or option holds something unusable."""


class MissingToolError(LocalError):
    """A program, package or build that the stack needs is not there."""


class PortTakenError(LocalError):
    """A port of ours is held by another program."""


class AlreadyRunningError(LocalError):
    """Another stack is running on the same state folder."""


class PartFailedError(LocalError):
    """A part of the stack never became ready, or died again and again."""


class AccountError(LocalError):
    """A user of the local auth, or an analyst of the database, cannot be made or changed."""


class MigrationError(LocalError):
    """The database refused a migration."""
