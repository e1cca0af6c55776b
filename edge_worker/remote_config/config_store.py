"""The current config of the camera, shared by the uplink and the counting thread."""

from __future__ import annotations

import logging
import threading

from edge_worker.outbox.protocol import Outbox
from edge_worker.outbox.records import CachedConfig
from edge_worker.remote_config.camera_config import CameraConfig, ConfigError

log = logging.getLogger(__name__)


class ConfigStore:
    """Holds the newest config of one camera; the outbox keeps it over a restart.

    The uplink writes, other threads read.

    Attributes:
        etag: The ETag of the config, as the backend sent it.
        version: Increases with every change, so that readers can detect a change cheaply.
    """

    def __init__(self, outbox: Outbox, camera_id: str, api_url: str) -> None:
        self._outbox = outbox
        self._camera_id = camera_id
        self._api_url = api_url
        self._mutex = threading.Lock()
        self._config: CameraConfig | None = None
        self.etag: str | None = None
        self.version = 0
        self._restore()

    @property
    def config(self) -> CameraConfig | None:
        """Return the newest config; None before the first answer of the backend."""
        with self._mutex:
            return self._config

    def update(self, body: str, etag: str | None) -> None:
        """Parse and store a config; keep the previous one when it cannot be used.

        Also assigns the store to events that were counted before it was known.

        Args:
            body: The JSON of the config.
            etag: Its ETag.
        """
        try:
            config = CameraConfig.parse(body)
        except ConfigError as error:
            log.warning("%s; keeping the previous config", error)
            return
        self._outbox.cache_config(self._camera_id, CachedConfig(etag, body, self._api_url))
        self._outbox.assign_store(self._camera_id, config.store_id)
        self._set(config, etag)

    def _restore(self) -> None:
        cached = self._outbox.cached_config(self._camera_id)
        if cached is None or cached.body is None or cached.api_url != self._api_url:
            return
        try:
            config = CameraConfig.parse(cached.body)
        except ConfigError:
            return  # cached by another version of the worker: the backend will send it again
        self._set(config, cached.etag)
        # The previous run may have ended before the disk took the store.
        self._outbox.assign_store(self._camera_id, config.store_id)

    def _set(self, config: CameraConfig, etag: str | None) -> None:
        with self._mutex:
            has_changed = config != self._config
            self._config, self.etag = config, etag
            self.version += has_changed
