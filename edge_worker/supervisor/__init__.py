"""Several cameras on one machine: one worker process each, started, supervised and stopped together.

Depends on child processes and their status pipes, never on video or the network.
"""
