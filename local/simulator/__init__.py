"""Replace the camera and the model on machines without weights: simulated crossings, marked as such everywhere.

Only the video part is replaced; outbox, uplink and heartbeat are those of the edge worker.
"""
