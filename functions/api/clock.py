"""The present, as a dependency: what a request calls now is one moment, and tests say which."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends


def present() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


Now = Annotated[datetime, Depends(present)]
