"""The types of errors in the input of a request: those of our own rules, and those of Pydantic that we keep.

A type is stable, and has the numbers and names of its sentence as `params`: a page can say it in another language. An
error of Pydantic that is not listed is sent as `invalid_value`, so that every type that is sent is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic_core import PydanticCustomError


class FieldErrorType(StrEnum):
    """What is wrong with a member of a body, or with a parameter."""

    # Our own rules
    CONTROL_CHARACTERS = "control_characters"
    COUNTRY_MISSING = "country_missing"
    COUNTRY_UNKNOWN = "country_unknown"
    EMAIL_INVALID = "email_invalid"
    FUTURE_DATE = "future_date"
    IDEMPOTENCY_KEY_INVALID = "idempotency_key_invalid"
    IF_MATCH_INVALID = "if_match_invalid"
    INTERVAL_TOO_SHORT = "interval_too_short"
    INVALID_VALUE = "invalid_value"
    LINE_TOO_SHORT = "line_too_short"
    MIN_STAY_OUT_OF_RANGE = "min_stay_out_of_range"
    MUTE_OUT_OF_RANGE = "mute_out_of_range"
    NEEDS_PERIOD = "needs_period"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_TIMESTAMP = "not_a_timestamp"
    NOT_A_WEBHOOK = "not_a_webhook"
    NOT_AFTER_FROM = "not_after_from"
    NOT_NULL = "not_null"
    NOT_ON_A_QUARTER_HOUR = "not_on_a_quarter_hour"
    NOT_WITH_RANGE = "not_with_range"
    NOT_WITHIN_A_DAY = "not_within_a_day"
    NOTHING_GIVEN = "nothing_given"
    OUT_OF_RANGE = "out_of_range"
    OVERLAPPING_HOURS = "overlapping_hours"
    PARTS_NOT_CONSECUTIVE = "parts_not_consecutive"
    PARTS_SUM_DIFFERS = "parts_sum_differs"
    QUIET_HOURS_EMPTY = "quiet_hours_empty"
    RANGE_TOO_LONG = "range_too_long"
    REGION_UNKNOWN = "region_unknown"
    STORE_OF_SCOPE = "store_of_scope"
    TIME_ZONE_INVALID = "time_zone_invalid"
    TIME_ZONE_UNKNOWN = "time_zone_unknown"
    TOO_EARLY = "too_early"
    TOO_FEW_FRAMES = "too_few_frames"
    UNSTORABLE_VALUE = "unstorable_value"
    URL_OF_KIND = "url_of_kind"
    WEBHOOK_URL = "webhook_url"
    WINDOW_REVERSED = "window_reversed"
    WINDOW_TOO_LONG = "window_too_long"
    YEAR_OUT_OF_RANGE = "year_out_of_range"
    # Those of Pydantic
    BOOL_PARSING = "bool_parsing"
    BOOL_TYPE = "bool_type"
    DATE_FROM_DATETIME_INEXACT = "date_from_datetime_inexact"
    DATE_FROM_DATETIME_PARSING = "date_from_datetime_parsing"
    DATE_PARSING = "date_parsing"
    DATE_TYPE = "date_type"
    DATETIME_FROM_DATE_PARSING = "datetime_from_date_parsing"
    DATETIME_OBJECT_INVALID = "datetime_object_invalid"
    DATETIME_PARSING = "datetime_parsing"
    DATETIME_TYPE = "datetime_type"
    DICT_TYPE = "dict_type"
    ENUM = "enum"
    EXTRA_FORBIDDEN = "extra_forbidden"
    FINITE_NUMBER = "finite_number"
    FLOAT_PARSING = "float_parsing"
    FLOAT_TYPE = "float_type"
    GREATER_THAN = "greater_than"
    GREATER_THAN_EQUAL = "greater_than_equal"
    INT_FROM_FLOAT = "int_from_float"
    INT_PARSING = "int_parsing"
    INT_PARSING_SIZE = "int_parsing_size"
    INT_TYPE = "int_type"
    JSON_INVALID = "json_invalid"
    LESS_THAN = "less_than"
    LESS_THAN_EQUAL = "less_than_equal"
    LIST_TYPE = "list_type"
    LITERAL_ERROR = "literal_error"
    MISSING = "missing"
    MODEL_ATTRIBUTES_TYPE = "model_attributes_type"
    MODEL_TYPE = "model_type"
    MULTIPLE_OF = "multiple_of"
    STRING_PATTERN_MISMATCH = "string_pattern_mismatch"
    STRING_TOO_LONG = "string_too_long"
    STRING_TOO_SHORT = "string_too_short"
    STRING_TYPE = "string_type"
    STRING_UNICODE = "string_unicode"
    TIME_PARSING = "time_parsing"
    TIME_TYPE = "time_type"
    TIMEZONE_AWARE = "timezone_aware"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    UUID_PARSING = "uuid_parsing"
    UUID_TYPE = "uuid_type"


_BY_NAME = {kind.value: kind for kind in FieldErrorType}
_OWN = frozenset(list(FieldErrorType)[: list(FieldErrorType).index(FieldErrorType.BOOL_PARSING)])

_LIMITS = frozenset({"ge", "gt", "le", "lt", "max_length", "min_length", "multiple_of"})
"""What Pydantic knows about its errors besides what the client has sent."""

Params = Mapping[str, str | float]


def refused(type_: FieldErrorType, message: str, **params: str | float) -> PydanticCustomError:
    """Return the error that a validator of a model raises.

    Args:
        type_: what is wrong.
        message: an English sentence for a person, without its full stop.
        params: the numbers and names of the sentence.
    """
    return PydanticCustomError(type_.value, message, dict(params))


def find_params(type_: str, context: Mapping[str, Any]) -> tuple[FieldErrorType, dict[str, str | float]]:
    """Return the type of an error of Pydantic as it is sent, and its parameters.

    Args:
        type_: the type that Pydantic gives.
        context: the values of its message. Those that repeat what the client has sent are left out.
    """
    known = _BY_NAME.get(type_, FieldErrorType.INVALID_VALUE)
    if known in _OWN:
        return known, {} if known is FieldErrorType.INVALID_VALUE else dict(context)
    return known, {name: value for name, value in context.items() if name in _LIMITS and isinstance(value, int | float)}
