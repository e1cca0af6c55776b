"""Hands what is in the outbox to the backend, again and again, until the backend has said that it has it.

May touch: the outbox and the network. Knows nothing of video.
"""
