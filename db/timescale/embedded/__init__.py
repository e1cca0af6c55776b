"""Replace a TimescaleDB server on one machine: a WASM build behind a gateway (server.mjs), started by launcher.py."""
