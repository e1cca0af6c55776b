"""Weights: where they are, and how they are prepared for this machine."""
