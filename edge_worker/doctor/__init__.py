"""Examines a box before (or while) it counts: every check says what it found and, when that is bad, what to do."""
