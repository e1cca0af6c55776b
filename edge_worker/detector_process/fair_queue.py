"""A queue that serves its sources in turn."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


class FairQueue(Generic[Key, Item]):
    """Keeps the items of each source in order and takes them from the sources in turn.

    A source that puts many items gets no larger share than one that puts few. Safe for use by several threads.

    Example:
        >>> queue = FairQueue()
        >>> for source, item in (("a", 1), ("a", 2), ("b", 3)):
        ...     queue.put(source, item)
        >>> [queue.take(0) for _ in range(3)]
        [1, 3, 2]
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: dict[Key, deque[Item]] = {}
        self._turns: deque[Key] = deque()
        self._is_closed = False

    def put(self, source: Key, item: Item) -> None:
        """Add an item of a source."""
        with self._changed:
            if source not in self._items:
                self._items[source] = deque()
                self._turns.append(source)
            self._items[source].append(item)
            self._changed.notify()

    def take(self, timeout_s: float | None = None) -> Item | None:
        """Remove the oldest item of the source whose turn it is.

        Args:
            timeout_s: Longest wait for an item; None to wait until `close`.

        Returns:
            The item; None if there was none within ``timeout_s``, or after `close`.
        """
        with self._changed:
            self._changed.wait_for(lambda: bool(self._turns) or self._is_closed, timeout_s)
            if not self._turns or self._is_closed:
                return None
            source = self._turns.popleft()
            items = self._items[source]
            item = items.popleft()
            if items:
                self._turns.append(source)
            else:
                del self._items[source]
            return item

    def remove(self, source: Key) -> None:
        """Remove all items of a source."""
        with self._changed:
            if self._items.pop(source, None) is not None:
                self._turns.remove(source)

    def close(self) -> None:
        """Wake everybody who waits; no item can be taken any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
