"""Video sources: files (every frame, media time) and cameras (the newest frame, capture time)."""
