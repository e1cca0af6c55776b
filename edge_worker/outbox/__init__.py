"""Events and coverage minutes that the backend has not confirmed yet, on disk.

Depends on one SQLite file and the files beside it, never on the network or video.
"""
