"""The camera's config as the uplink knows it and the counting reads it: one slot, replaced as a whole."""

from __future__ import annotations

import logging
import threading

from edge_worker.outbox import Journal
from edge_worker.outbox.records import CachedConfig
from edge_worker.remote_config import CameraConfig, ConfigError

log = logging.getLogger(__name__)


class ConfigBoard:
    """Holds the backend's last word about one camera; survives a restart in the outbox.

    Attributes:
        version: grows with every change; the counting compares it frame by frame, which costs nothing.
    """

    def __init__(self, journal: Journal, camera_id: str, api_url: str) -> None:
        self._journal = journal
        self._camera_id = camera_id
        self._api_url = api_url
        self._mutex = threading.Lock()
        self._config: CameraConfig | None = None
        self.etag: str | None = None
        self.version = 0
        self._restore()

    @property
    def config(self) -> CameraConfig | None:
        with self._mutex:
            return self._config

    def publish(self, body: str, etag: str | None) -> None:
        """Takes a new config, unless it cannot be used, which is logged: the one before stays in force.

        Events that were counted before the store was known get their store here.
        """
        try:
            config = CameraConfig.parse(body)
        except ConfigError as error:
            log.warning("%s; the one before stays in force", error)
            return
        self._journal.cache_config(self._camera_id, CachedConfig(etag, body, self._api_url))
        self._journal.assign_store(self._camera_id, config.store_id)
        self._set(config, etag)

    def _restore(self) -> None:
        cached = self._journal.cached_config(self._camera_id)
        if cached is None or cached.body is None or cached.api_url != self._api_url:
            return
        try:
            self._set(CameraConfig.parse(cached.body), cached.etag)
        except ConfigError:
            return  # written by another version: the backend will send it again

    def _set(self, config: CameraConfig, etag: str | None) -> None:
        with self._mutex:
            changed = config != self._config
            self._config, self.etag = config, etag
            self.version += changed
