"""Bodies of count checks: manual counts beside the stored crossings, and what they say about an entrance."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from functions.common.field_errors import FieldErrorType, refused

from .values import Count, Note, RequestBody, ResponseBody, Timestamp

MAX_PARTS = 96


class CountCheckPartCreate(RequestBody):
    """A manual count of a part of the window: from the end of the part before it, or from `window_start`."""

    end: Timestamp
    manual_in: Count
    manual_out: Count


class CountCheckCreate(RequestBody):
    """A manual count of a window of at most a day, which must be over."""

    window_start: Timestamp
    window_end: Timestamp
    manual_in: Count
    manual_out: Count
    note: Note | None = None
    parts: Annotated[list[CountCheckPartCreate], Field(min_length=1, max_length=MAX_PARTS)] | None = Field(
        None,
        description="The same count in consecutive parts of the window, the last of which ends with it. "
        "The interval of the error follows from them. Null: the window is one part.",
    )

    @model_validator(mode="after")
    def _check_window(self) -> Self:
        if not timedelta(0) < self.window_end - self.window_start <= timedelta(days=1):
            raise refused(FieldErrorType.NOT_WITHIN_A_DAY, "window_end must be after window_start, by at most a day")
        if self.parts is not None:
            bounds = [self.window_start, *(part.end for part in self.parts)]
            if bounds[-1] != self.window_end or any(end <= start for start, end in pairwise(bounds)):
                raise refused(
                    FieldErrorType.PARTS_NOT_CONSECUTIVE,
                    "the parts must follow one another, and the last one must end at window_end",
                )
            sums = (sum(part.manual_in for part in self.parts), sum(part.manual_out for part in self.parts))
            if sums != (self.manual_in, self.manual_out):
                raise refused(
                    FieldErrorType.PARTS_SUM_DIFFERS, "manual_in and manual_out must be the sums of the parts"
                )
        return self


class CountCheckUse(StrEnum):
    """Whether the assessment uses a count check, or why not."""

    USED = "used"
    INCOMPLETE = "incomplete"
    EARLIER_LINE = "earlier_line"
    OVERLAPPING = "overlapping"


class CountCheckPart(ResponseBody):
    """A part of the window of a count check."""

    start: datetime
    end: datetime
    manual_in: int
    manual_out: int
    counted_in: int
    counted_out: int


class CountCheck(ResponseBody):
    """A manual count beside the stored crossings.

    `accuracy` is 1 − |counted − manual| / manual over both directions; null if the manual count is 0.
    """

    count_check_id: UUID
    camera_id: UUID
    window_start: datetime
    window_end: datetime
    manual_in: int
    manual_out: int
    counted_in: int
    counted_out: int
    accuracy: float | None
    note: str | None
    created_at: datetime
    counted_by: str | None = Field(description="E-mail address of the superadmin who entered the manual count.")
    complete: bool | None = Field(
        description="Whether all crossings of the window had arrived when they were compared. Null for older checks."
    )
    parts: list[CountCheckPart] = Field(description="At least one: the window.")
    use: CountCheckUse = Field(
        description="Whether the assessment uses it: not if crossings were missing (incomplete), if it is about an "
        "earlier line or view (earlier_line), or if its window overlaps that of a later check (overlapping)."
    )


class DirectionAssessment(ResponseBody):
    """What the manual counts say about one direction."""

    direction: Literal["IN", "OUT"]
    manual: int
    counted: int
    bias: float | None = Field(description="(counted − manual) / manual; null if nobody was counted by hand.")
    low: float | None = Field(description="Lower end of the interval of the bias; null while there are too few parts.")
    high: float | None = Field(description="Upper end.")
    is_proven: bool = Field(description="Whether the interval lies within ± `margin`.")
    people_needed: int | None = Field(
        description="Further people that prove it if all of them are counted right; null if more than 100,000."
    )


class CountAssessment(ResponseBody):
    """What the count checks say about the present line of the camera. `docs/accuracy.md` has the formulas."""

    margin: float = Field(description="Largest bias of a certificate.", examples=[0.02])
    confidence: float = Field(description="Of each one-sided test: the interval has 2 × this − 1.", examples=[0.95])
    counts_from: datetime = Field(description="Earlier checks are not used: the line or the view was another one.")
    line_version: int
    checks: int = Field(description="Number of checks that are used.")
    directions: list[DirectionAssessment] = Field(description="IN and OUT.")
    is_certificate: bool = Field(description="Whether both directions are proven.")


class CountChecks(ResponseBody):
    """The count checks of a camera, and what they say."""

    count_checks: list[CountCheck]
    assessment: CountAssessment
