"""Checks of a machine and its camera before (or while) it counts: each has a result and, if it failed, a hint."""
