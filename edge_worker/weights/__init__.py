"""Model weights: where they are found, and how they are exported for this machine."""
