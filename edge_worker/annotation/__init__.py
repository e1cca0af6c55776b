"""Annotated images and videos: boxes, tracks, the line and the counts."""
