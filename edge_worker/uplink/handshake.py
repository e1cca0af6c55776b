"""The first request to the backend: are the camera and the worker key known?"""

from __future__ import annotations

import logging

from edge_worker.errors import EdgeError
from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.uplink.uplink import Uplink

log = logging.getLogger(__name__)


class HandshakeError(EdgeError):
    """The backend refuses this worker. A backend that cannot be reached is not an error: the worker counts anyway."""


class WorkerKeyError(HandshakeError):
    """The backend does not know the worker key (401, 403)."""


class UnknownCameraError(HandshakeError):
    """The backend does not know the camera, or it belongs to another store (404)."""


def handshake(uplink: Uplink, configs: ConfigStore, camera_id: str) -> bool:
    """Fetch the config once and return whether this camera had been accepted before.

    A camera that has been accepted before (its config is in the outbox) counts whatever the answer is, because lost
    crossings are worse than an unclean start. On the first contact somebody is installing the worker and needs the
    error.

    Raises:
        WorkerKeyError: The key is refused and was never accepted.
        UnknownCameraError: The camera is unknown and was never accepted.
    """
    was_accepted = configs.config is not None
    status = uplink.fetch_config(log_problem=was_accepted)
    if was_accepted:
        return True
    if status in {401, 403}:
        raise WorkerKeyError(
            f"the backend refuses the worker key ({status}): copy it again from the admin, or create a new one there"
        )
    if status == 404:
        raise UnknownCameraError(
            f"the backend knows no camera {camera_id} under this worker key (404): "
            "check --camera, the store of the key, and --api"
        )
    if configs.config is None:
        if 200 <= status < 500 and status != 429:
            problem = f"the first answer of the backend ({status}) is not the config of a camera: check --api"
        else:
            problem = "the backend cannot be reached yet" + (f" ({status})" if status else "")
        log.warning("%s; `metrica-edge doctor` says more; crossings are counted and stored until then", problem)
    return False
