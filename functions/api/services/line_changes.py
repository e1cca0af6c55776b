"""Whether the cameras of a store counted with one line in several windows."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.api.kpi.line_changes import find_used_lines, is_line_changed
from functions.api.kpi.window import Window
from functions.api.repositories.counting_periods import StoreCountingPeriods
from functions.api.repositories.line_minutes import list_cameras_with_several_lines, list_line_minutes
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class CountedWindows:
    """Windows of a store, and which cameras counted in them.

    Attributes:
        store: the store.
        settings: its settings.
        counting: when which camera counted.
        windows: at least one window.
    """

    store: ReadableStore
    settings: StoreSettings
    counting: StoreCountingPeriods
    windows: Sequence[Window]


def have_lines_changed(connection: Connection, stores: Sequence[CountedWindows]) -> list[bool]:
    """Return for each store whether a camera counted with more than one line in the open time of its windows together.

    Args:
        connection: the connection of the request.
        stores: the stores with their windows.
    """
    if not stores:
        return []
    cameras = list_cameras_with_several_lines(
        connection,
        [(each.store, window) for each in stores for window in each.windows],
        [period for each in stores for period in each.counting.periods],
    )
    periods_of = [[period for period in each.counting.periods if period.camera_id in cameras] for each in stores]
    concerned = [(each, periods) for each, periods in zip(stores, periods_of, strict=True) if periods]
    line_minutes = iter(
        list_line_minutes(
            connection,
            [(each.store, window) for each, _ in concerned for window in each.windows],
            [periods for each, periods in concerned for _ in each.windows],
        )
    )
    return [
        is_line_changed(
            *(
                find_used_lines(next(line_minutes), periods, each.settings.opening_hours.open_windows(window))
                for window in each.windows
            )
        )
        if periods
        else False
        for each, periods in zip(stores, periods_of, strict=True)
    ]
