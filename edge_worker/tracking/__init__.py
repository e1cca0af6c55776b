"""Multi-object tracking: ByteTrack with its memory in seconds, and a filter for the height of boxes."""
