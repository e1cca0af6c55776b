"""Bodies of import windows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from functions.common.field_errors import FieldErrorType, refused

from .values import RequestBody, ResponseBody, Timestamp


class ImportWindowCreate(RequestBody):
    """A new import window."""

    camera_id: UUID
    window_start: Timestamp = Field(description="Data from this time on is accepted; at most 398 days ago.")
    window_end: Timestamp = Field(description="Data before this time is accepted; not in the future.")
    open_for_days: Annotated[int, Field(ge=1, le=30, strict=True)] = Field(
        7, description="Days until the window expires."
    )

    @model_validator(mode="after")
    def _check_window(self) -> Self:
        if self.window_start >= self.window_end:
            raise refused(FieldErrorType.WINDOW_REVERSED, "window_start must be before window_end")
        return self


class ImportWindow(ResponseBody):
    """An import window of a camera."""

    import_window_id: UUID
    store_id: UUID
    camera_id: UUID
    window_start: datetime
    window_end: datetime
    opened_by: UUID | None = Field(description="User id of the superadmin who opened it.")
    opened_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    is_open: bool


class ImportWindows(ResponseBody):
    """Import windows."""

    import_windows: list[ImportWindow] = Field(description="Newest first, at most 200.")
