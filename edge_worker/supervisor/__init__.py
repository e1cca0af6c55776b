"""Several cameras on one box: one process each, started, watched and stopped together.

May touch: child processes and their status files. Never video, never the network.
"""
