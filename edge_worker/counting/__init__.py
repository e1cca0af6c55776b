"""Who crossed the line: pure geometry and bookkeeping over points, ids, box heights and timestamps.

No I/O, no clock, no framework, no NumPy: everything that happened is in the arguments.
"""

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.policy import CounterPolicy
from edge_worker.counting.sighting import Sighting

__all__ = ["Anchor", "CounterPolicy", "Line", "LineCounter", "Sighting"]
