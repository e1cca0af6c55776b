"""Python imports this module at start when `scripts/clock_tests.py` sets PYTHONPATH: it makes `time.sleep` work there.

Under faketime with the real monotonic clock, the absolute `clock_nanosleep` that `time.sleep` calls fails with EINVAL.
`select` waits for a relative time and is not affected.
"""

import select
import time


def _sleep(seconds: float, /) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select((), (), (), seconds)


time.sleep = _sleep
