"""How the camera and the counting are, as the backend is told: minutes of coverage, running totals, the canary.

Driven by frames: a worker whose camera is frozen says nothing, and the backend shows it as offline.
"""
