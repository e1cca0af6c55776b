"""Delivers what is in the outbox to the backend and fetches the config of the camera.

Depends on the outbox and the network, never on video.
"""
