"""The interface of an outbox. `SqliteOutbox` and `FailoverOutbox` implement it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from edge_worker.outbox.records import Backlog, CachedConfig, Event, Minute, Settlement, Totals


class Outbox(Protocol):
    """Stores events and coverage minutes until the backend has confirmed them. Safe for use by several threads."""

    def add(self, events: Sequence[Event]) -> None:
        """Store events and count them in the totals; ignore events that are stored already."""
        ...

    def due(self, limit: int, until: str) -> list[Event]:
        """Return at most ``limit`` events with ``ts <= until`` whose store is known, oldest first."""
        ...

    def settle(self, settlement: Settlement) -> None:
        """Remove delivered events and turn refused ones into dead letters; ignore unknown ids."""
        ...

    def add_minutes(self, minutes: Sequence[Minute]) -> None:
        """Store minutes; add a minute to the part of the same minute that is stored or was delivered."""
        ...

    def due_minutes(self, camera_id: str, limit: int) -> list[Minute]:
        """Return at most ``limit`` minutes of a camera, oldest first."""
        ...

    def settle_minutes(self, minutes: Sequence[Minute], refused: Sequence[Minute] = ()) -> None:
        """Remove settled minutes, except those that have grown since they were read, and keep the refused ones.

        Args:
            minutes: What the backend has answered for.
            refused: Those of ``minutes`` that it refused and may accept later.
        """
        ...

    def backlog(self) -> Backlog:
        """Return how much waits for delivery."""
        ...

    def totals(self, camera_id: str) -> Totals:
        """Return the crossings of a camera since the outbox was created."""
        ...

    def cached_config(self, camera_id: str) -> CachedConfig | None:
        """Return the last config that the backend sent for a camera."""
        ...

    def cache_config(self, camera_id: str, config: CachedConfig) -> None:
        """Store the config of a camera."""
        ...

    def assign_store(self, camera_id: str, store_id: str) -> None:
        """Set the store of a camera's events that were counted before the store was known."""
        ...
