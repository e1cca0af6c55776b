"""The owner's API: what a store's owner and the analyst read, computed from the aggregates."""
