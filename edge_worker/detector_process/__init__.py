"""One process that holds the model for all sources of a machine, and its counterpart in the workers.

Frames go to it through shared memory, detections come back through a socket. The supervisor starts it and starts it
again when it fails or hangs.
"""
