"""The owner API: what store owners and analysts read, computed from the aggregates."""
