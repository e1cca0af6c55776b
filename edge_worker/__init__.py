"""The edge worker: runs in the store, imports nothing of the cloud."""
