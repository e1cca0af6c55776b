"""What can go wrong on the way to the backend, at start.

UplinkError
├── BackendUnreachableError   no answer
├── WorkerKeyError            the backend does not know the key (401, 403)
├── UnknownCameraError        the backend does not know the camera, or it belongs to another store (404)
└── WrongAddressError         something answers, but not Metrica's backend
"""

from __future__ import annotations

from edge_worker.errors import EdgeError


class UplinkError(EdgeError):
    """Root of the uplink's errors."""


class BackendUnreachableError(UplinkError):
    """No answer from the backend."""


class WorkerKeyError(UplinkError):
    """The backend does not know the worker key."""


class UnknownCameraError(UplinkError):
    """The backend does not know the camera under this key."""


class WrongAddressError(UplinkError):
    """Something answers at the address, but it is not Metrica's backend."""
