"""Crossings without a camera, for machines that have no weights: simulated, and marked as such wherever they appear.

Only the video side is replaced: outbox, uplink and heartbeat are those of the edge worker.
"""
