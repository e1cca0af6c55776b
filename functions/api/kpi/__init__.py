"""The KPI arithmetic: pure functions on small frozen rows. No I/O, no clock, no framework (import rules check this).

A function that needs the current time takes it as the argument `now`. Every time is a `datetime` with a time zone.
Every window is half-open: `[start, end)`.
"""
