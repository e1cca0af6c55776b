"""The motion gate: skip detection on frames in which nothing moves and nobody is tracked."""
