"""Metrica on one server: the functions behind an ASGI server, and the configuration of the other services."""
