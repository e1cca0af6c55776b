"""Metrics of the functions, in the embedded metric format (EMF) of CloudWatch: lines of JSON on stdout.

CloudWatch makes metrics of the lines. They are written where `METRICS_STAGE` names the stage, as serverless.yml does,
and nowhere else. The dimensions are the stage, the function, and for some metrics one more with few values. Stores,
cameras and people are never a dimension: each combination costs money, and no metric may say who was where.

A request never fails because of its metrics: what cannot be written is logged.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

logger = logging.getLogger(__name__)

NAMESPACE = "Metrica"
STAGE_VARIABLE = "METRICS_STAGE"


class Metric(Enum):
    """The metrics. The value is the name, the unit, and the dimension besides stage and function, if there is one."""

    DATABASE_TIME = ("DatabaseTime", "Milliseconds", None)
    """Time that a request or a run waited for the database, connecting included."""

    INSERTED = ("Inserted", "Count", None)
    """Crossings of a batch that were not stored before."""
    DUPLICATES = ("Duplicates", "Count", None)
    """Crossings of a batch that were stored before."""
    REJECTED = ("Rejected", "Count", "Reason")
    """Crossings of a batch that were refused, by the `reason` of the response."""
    LAG = ("Lag", "Seconds", None)
    """From the oldest crossing of a batch to the commit. Imported crossings, older than 30 days, do not count."""

    INCIDENTS_OPEN = ("IncidentsOpen", "Count", "Severity")
    """Incidents that are open at the end of a run."""
    STORES_OPEN = ("StoresOpen", "Count", None)
    """Stores with a counting camera that were open for the whole last hour that is complete."""
    STORES_COUNTING = ("StoresCounting", "Count", None)
    """Those of them in which somebody crossed a line in that hour."""

    DELIVERED = ("Delivered", "Count", "Channel")
    """Mails and webhooks that were delivered."""
    NOT_DELIVERED = ("NotDelivered", "Count", "Channel")
    """Attempts that failed, whether they are repeated or not."""

    JOBS_SUCCEEDED = ("JobsSucceeded", "Count", None)
    """Jobs of a scheduled function that succeeded: one in each run, in a run of maintenance several."""
    JOBS_FAILED = ("JobsFailed", "Count", None)
    """Jobs that failed."""

    def __init__(self, label: str, unit: str, dimension: str | None) -> None:
        self.label = label
        self.unit = unit
        self.dimension = dimension


@dataclass(slots=True)
class _Measurements:
    """What a request or a run has measured so far: values by metric and value of the dimension."""

    values: dict[tuple[Metric, str | None], float] = field(default_factory=dict)
    database_s: float = 0.0


_current: ContextVar[_Measurements | None] = ContextVar("measurements", default=None)
P = ParamSpec("P")
T = TypeVar("T")


def record(metric: Metric, value: float, of: str | None = None) -> None:
    """Add to a metric of the request or run that this context handles. Elsewhere, and without a stage, do nothing.

    Args:
        metric: the metric.
        value: what is added.
        of: value of the metric's dimension, such as the reason; one of few.
    """
    if (measurements := _current.get()) is not None:
        measurements.values[metric, of] = measurements.values.get((metric, of), 0) + value


def recorded(metric: Metric) -> bool:
    """Return whether the request or run has recorded the metric."""
    measurements = _current.get()
    return measurements is not None and any(known is metric for known, _ in measurements.values)


@contextmanager
def database_time() -> Iterator[None]:
    """Add the time of the block to the database time of the request or run."""
    if (measurements := _current.get()) is None:
        yield
        return
    started = time.perf_counter()
    try:
        yield
    finally:
        measurements.database_s += time.perf_counter() - started


def measured(function: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Write what each call of a handler has measured, also when it raises.

    Args:
        function: name of the function in serverless.yml.
    """

    def decorate(handler: Callable[P, T]) -> Callable[P, T]:
        @wraps(handler)
        def handle(*arguments: P.args, **named: P.kwargs) -> T:
            stage = os.environ.get(STAGE_VARIABLE)
            if not stage:
                return handler(*arguments, **named)
            token = _current.set(_Measurements())
            try:
                return handler(*arguments, **named)
            finally:
                found = _current.get() or _Measurements()
                _current.reset(token)
                _write(found, stage, function)

        return handle

    return decorate


def measured_job(function: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Write what each run of a scheduled function has measured, and whether it succeeded.

    A function that records the results of its jobs itself is not counted once more.
    """

    def decorate(handler: Callable[P, T]) -> Callable[P, T]:
        @measured(function)
        @wraps(handler)
        def handle(*arguments: P.args, **named: P.kwargs) -> T:
            try:
                result = handler(*arguments, **named)
            except Exception:
                _count_run(succeeded=False)
                raise
            _count_run(succeeded=True)
            return result

        return handle

    return decorate


def _count_run(*, succeeded: bool) -> None:
    """Count a run, unless its function has counted its jobs. A zero is written, too: alarms tell it from silence."""
    if not recorded(Metric.JOBS_FAILED):
        record(Metric.JOBS_SUCCEEDED, int(succeeded))
        record(Metric.JOBS_FAILED, int(not succeeded))


def _write(measurements: _Measurements, stage: str, function: str) -> None:
    try:
        for document in _documents(measurements, stage, function):
            sys.stdout.write(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
        sys.stdout.flush()
    except Exception:
        logger.exception("metrics of %s were not written", function)


def _documents(measurements: _Measurements, stage: str, function: str) -> Iterator[dict[str, Any]]:
    """Yield one document for each value of a dimension: in a document, a metric has one value."""
    values = dict(measurements.values)
    if measurements.database_s:
        values[Metric.DATABASE_TIME, None] = round(measurements.database_s * 1000, 3)
    by_dimension: dict[tuple[str | None, str | None], dict[Metric, float]] = {}
    for (metric, of), value in values.items():
        by_dimension.setdefault((metric.dimension, of), {})[metric] = value
    now = time.time_ns() // 1_000_000
    for (dimension, of), metrics in by_dimension.items():
        dimensions = {"Stage": stage, "Function": function} | ({} if dimension is None else {dimension: of})
        directive = {
            "Namespace": NAMESPACE,
            "Dimensions": [list(dimensions)],
            "Metrics": [{"Name": metric.label, "Unit": metric.unit} for metric in metrics],
        }
        yield {
            "_aws": {"Timestamp": now, "CloudWatchMetrics": [directive]},
            **dimensions,
            **{metric.label: value for metric, value in metrics.items()},
        }
