"""The dashboard of an owner with working stores, on a stack of its own: what the benchmarks of its pages share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from local.stack.temporary import temporary_stack
from screenshots.capture import sign_in
from screenshots.showcase import Showcase, write_showcase
from screenshots.stores import State

__all__ = ["SignedInDashboard", "sign_in", "signed_in_dashboard"]


@dataclass(frozen=True, slots=True)
class SignedInDashboard:
    """The measured pages.

    Attributes:
        showcase: The stores; `advance` keeps their cameras online.
        address: Of the dashboard.
        email: The owner, who has five stores.
        pages: The address of each measured page.
    """

    showcase: Showcase
    address: str
    email: str
    pages: Mapping[str, str]

    @classmethod
    def of(cls, showcase: Showcase) -> Self:
        """Return the pages of the owner with working stores."""
        address = showcase.stack.urls.dashboard
        pages = {"stores": f"{address}/", "store": f"{address}/stores/{showcase.store(State.FULL).store.id}"}
        return cls(showcase, address, showcase.owners[State.FULL].email, pages)


@contextmanager
def signed_in_dashboard() -> Iterator[SignedInDashboard]:
    """Yield the pages on a running stack, which serves them as in production: compressed, cached, with their policy.

    Raises:
        LocalError: Something is missing, or a service did not start.
    """
    with temporary_stack() as stack, write_showcase(stack, frozenset({State.FULL})) as showcase:
        yield SignedInDashboard.of(showcase)
