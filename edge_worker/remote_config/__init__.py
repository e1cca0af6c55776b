"""What the backend has set for this camera, and what counts when it says nothing: backend, command line, mid-height."""

from edge_worker.remote_config.camera_config import CameraConfig, ConfigError
from edge_worker.remote_config.effective import EffectiveConfig, Local, effective

__all__ = ["CameraConfig", "ConfigError", "EffectiveConfig", "Local", "effective"]
