"""KPI arithmetic: pure functions on small frozen rows. No I/O, no clock, no framework (checked by the import rules).

Every function takes the moment it needs ("now") as an argument; every time is an aware ``datetime``; every window is
half-open, ``[start, end)``.
"""
