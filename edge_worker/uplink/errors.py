"""What can go wrong on the way to the backend, at start.

UplinkError
├── WorkerKeyError       the backend does not know the key (401, 403)
└── UnknownCameraError   the backend does not know the camera, or it belongs to another store (404)

A backend that cannot be reached is no error: the worker counts, and tries again.
"""

from __future__ import annotations

from edge_worker.errors import EdgeError


class UplinkError(EdgeError):
    """Root of the uplink's errors."""


class WorkerKeyError(UplinkError):
    """The backend does not know the worker key."""


class UnknownCameraError(UplinkError):
    """The backend does not know the camera under this key."""
