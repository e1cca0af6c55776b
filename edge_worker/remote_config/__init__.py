"""The settings of a camera: those of the backend, and which apply when the backend has none."""
