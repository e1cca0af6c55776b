"""Whether the cameras of a store counted with one line in several windows."""

from collections.abc import Sequence

from functions.api.kpi.line_changes import find_used_lines, is_line_changed
from functions.api.kpi.window import Window
from functions.api.repositories.counting_periods import StoreCountingPeriods
from functions.api.repositories.line_minutes import list_cameras_with_several_lines, list_line_minutes
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def has_line_changed(
    connection: Connection,
    store: ReadableStore,
    settings: StoreSettings,
    counting: StoreCountingPeriods,
    windows: Sequence[Window],
) -> bool:
    """Return whether a camera counted with more than one line in the open time of the windows together.

    Args:
        connection: the connection of the request.
        store: the store.
        settings: its settings.
        counting: when which camera counted.
        windows: at least one window.
    """
    store_windows = [(store, window) for window in windows]
    cameras = list_cameras_with_several_lines(connection, store_windows, counting.periods)
    if not cameras:
        return False
    periods = [period for period in counting.periods if period.camera_id in cameras]
    line_minutes = list_line_minutes(connection, store_windows, [periods] * len(windows))
    return is_line_changed(
        *(
            find_used_lines(minutes, periods, settings.opening_hours.open_windows(window))
            for minutes, window in zip(line_minutes, windows, strict=True)
        )
    )
