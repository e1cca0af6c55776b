"""The first words with the backend: who is this camera, and is the key any good?"""

from __future__ import annotations

import logging

from edge_worker.remote_config.config_store import ConfigStore
from edge_worker.uplink.courier import Courier
from edge_worker.uplink.errors import UnknownCameraError, WorkerKeyError

log = logging.getLogger(__name__)


def introduce(courier: Courier, configs: ConfigStore, camera_id: str) -> bool:
    """Fetches the config once; whether this camera had been accepted before.

    A camera that has been accepted before (its config is in the outbox) counts on whatever the answer is: crossings are
    worth more than a clean start. On the very first contact somebody is beside the box, and hears what is wrong.

    Raises:
        WorkerKeyError: the key was refused, and never was accepted.
        UnknownCameraError: the backend does not know the camera, and never did.
    """
    known_before = configs.config is not None
    status = courier.fetch_config(aloud=known_before)
    if known_before:
        return True
    if status in {401, 403}:
        raise WorkerKeyError(
            f"the backend refuses the worker key ({status}): copy it again from the admin, or make a new one there"
        )
    if status == 404:
        raise UnknownCameraError(
            f"the backend knows no camera {camera_id} under this worker key (404): "
            "check --camera, which store the key is of, and --api"
        )
    if configs.config is None:
        log.warning("the backend is not there yet; crossings are counted and kept until it is")
    return False
