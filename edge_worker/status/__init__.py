"""The status of a worker: as JSON, for the supervisor, for ``/healthz``, for systemd and on the terminal."""
