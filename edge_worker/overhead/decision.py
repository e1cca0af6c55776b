"""The decision whether a camera looks from straight above, from what was found at the passages of the line. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from edge_worker.overhead.parameters import DecisionParameters


@dataclass(frozen=True, slots=True)
class PassageResult:
    """Who was found in the pictures of a passage.

    Attributes:
        plain: Somebody was found in the pictures as they are.
        turned: Somebody was found in the turned pictures; None if they were not looked at.
    """

    plain: bool
    turned: bool | None


@dataclass(frozen=True, slots=True)
class ViewChange:
    """The decision has changed.

    Attributes:
        is_above: Whether the people are better seen in turned pictures now.
        found: At how many passages somebody was found only in the turned pictures; if it is no longer so, at how many
            somebody was found in the pictures as they are.
        passages: The number of passages.
    """

    is_above: bool
    found: int
    passages: int


class ViewDecision:
    """Decides from the newest passages whether the people are better seen in turned pictures.

    Args:
        parameters: The thresholds.
        is_above: What was known before.

    Attributes:
        is_above: Whether they are.
    """

    def __init__(self, parameters: DecisionParameters | None = None, *, is_above: bool = False) -> None:
        self.parameters = parameters or DecisionParameters()
        self.is_above = is_above
        self._results: deque[tuple[float, PassageResult]] = deque(maxlen=self.parameters.passages)

    @property
    def seen_plain(self) -> int:
        """Return at how many of them somebody was found in the pictures as they are."""
        return sum(result.plain for _, result in self._results)

    @property
    def seen_turned(self) -> int:
        """Return at how many of them somebody was found in turned pictures, and nobody in the pictures as they are."""
        return sum(bool(result.turned) and not result.plain for _, result in self._results)

    def add(self, t: float, result: PassageResult) -> ViewChange | None:
        """Process a passage.

        Args:
            t: When it was, in seconds; not before the previous one.
            result: Who was found.

        Returns:
            The change of the decision. The passages of the earlier decision are then forgotten.
        """
        parameters = self.parameters
        self._results.append((t, result))
        while t - self._results[0][0] > parameters.memory_s:
            self._results.popleft()
        passages, plain, turned = len(self._results), self.seen_plain, self.seen_turned
        if passages < parameters.min_passages:
            return None
        if self.is_above:
            has_changed = plain >= parameters.seen_share * passages
        else:
            is_unseen = plain <= (1 - parameters.unseen_share) * passages
            has_changed = is_unseen and turned >= parameters.turned_share * passages
        if not has_changed:
            return None
        self.is_above = not self.is_above
        self.clear()
        return ViewChange(self.is_above, turned if self.is_above else plain, passages)

    def clear(self) -> None:
        """Forget the passages."""
        self._results.clear()
