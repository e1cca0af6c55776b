"""Which frames nobody needs to look at: of an empty scene in which nothing moves.

May touch: pixels of frames in memory. The decision itself (`gate`) is pure.
"""

from edge_worker.motion.gate import Decided, MotionGate
from edge_worker.motion.policy import MotionPolicy
from edge_worker.motion.scene import Scene

__all__ = ["Decided", "MotionGate", "MotionPolicy", "Scene"]
