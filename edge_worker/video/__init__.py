"""Frames from a file (every one, media time) or from a camera (the newest one, capture time)."""
