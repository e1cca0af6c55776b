"""One camera from start to stop: frames into crossings on disk, the courier beside it, signals, status.

May touch everything of the edge; knows nothing of the cloud but what the uplink tells.
"""
