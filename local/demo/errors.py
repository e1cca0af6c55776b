"""What can be in the way of the demo.

DemoError
└── DisagreementError   what was counted, what is stored and what the aggregate says differ
"""

from __future__ import annotations

from local.errors import LocalError


class DemoError(LocalError):
    """The demo cannot start or go on; the message says why and what to do."""


class DisagreementError(DemoError):
    """The numbers of the run do not agree with each other."""
