"""Who is who from frame to frame: ByteTrack, with its memory in seconds."""

from edge_worker.tracking.byte_track import ByteTrack
from edge_worker.tracking.policy import TrackerPolicy
from edge_worker.tracking.steady import SteadyBoxes, SteadyPolicy
from edge_worker.tracking.track import Track

__all__ = ["ByteTrack", "SteadyBoxes", "SteadyPolicy", "Track", "TrackerPolicy"]
