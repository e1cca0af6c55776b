"""The errors of the local stack; every message is one sentence that says what to do.

LocalError
├── SettingsError          an environment variable or option has an unusable value
├── MissingToolError       a program, a package or a build is missing
├── PortTakenError         another program listens on one of our ports
├── AlreadyRunningError    another stack runs on the same state folder
├── ServiceFailedError     a service did not become ready, or failed too often
├── MigrationError         the database refused a migration
├── DeploymentError        the pages cannot be deployed on AWS
├── BackupFailedError      a backup cannot be made or restored
├── RollbackError          the functions of a stage cannot run another release
├── AccountError           a user of the auth, or an analyst, cannot be created or changed
├── SeedError              the demo tenant cannot be written
├── ClipError              the generated clip cannot be written
└── DemoError              the demo cannot start or continue
    └── TotalsMismatchError   counted, stored and aggregated crossings differ
"""

from __future__ import annotations


class LocalError(Exception):
    """Base class; the message says what is wrong, with which value, and what to do."""


class SettingsError(LocalError):
    """An environment variable or option has an unusable value."""


class MissingToolError(LocalError):
    """A program, package or build that the stack needs is missing."""


class PortTakenError(LocalError):
    """Another program listens on one of our ports."""


class AlreadyRunningError(LocalError):
    """Another stack runs on the same state folder."""


class ServiceFailedError(LocalError):
    """A service of the stack did not become ready, or failed too often."""


class MigrationError(LocalError):
    """The database refused a migration."""


class DeploymentError(LocalError):
    """The pages cannot be deployed on AWS."""


class BackupFailedError(LocalError):
    """A backup cannot be made or restored."""


class RollbackError(LocalError):
    """The functions of a stage cannot run another release."""


class EraseFailedError(LocalError):
    """A person or a store cannot be erased."""


class AccountError(LocalError):
    """A user of the local auth, or an analyst of the database, cannot be created or changed."""


class SeedError(LocalError):
    """The demo tenant cannot be written; the message has the reason of the database or the disk."""


class ClipError(LocalError):
    """The generated clip cannot be written: the source picture is missing, or OpenCV writes no video."""


class DemoError(LocalError):
    """The demo cannot start or continue."""


class TotalsMismatchError(DemoError):
    """The crossings counted by the worker, stored in the database and aggregated per hour differ."""
