"""Replace static hosting on one machine: serve a built single-page application with its runtime configuration."""
