"""How the worker is, for whoever watches the box: ``/healthz`` on the loopback, systemd's watchdog."""
