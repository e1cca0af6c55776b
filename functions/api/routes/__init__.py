"""The routes. An endpoint is its signature; the body calls a service."""
