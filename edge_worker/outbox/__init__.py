"""What has been counted and not yet confirmed by the backend, on disk.

May touch: one SQLite file and its neighbours. Knows nothing of the network or of video.
"""

from edge_worker.outbox.database import Outbox
from edge_worker.outbox.errors import (
    OutboxCorruptError,
    OutboxError,
    OutboxInUseError,
    OutboxUnusableError,
    StorageError,
)
from edge_worker.outbox.journal import Journal
from edge_worker.outbox.records import DeadLetter, Event, Minute, Settlement, Totals

__all__ = [
    "DeadLetter",
    "Event",
    "Journal",
    "Minute",
    "Outbox",
    "OutboxCorruptError",
    "OutboxError",
    "OutboxInUseError",
    "OutboxUnusableError",
    "Settlement",
    "StorageError",
    "Totals",
]
