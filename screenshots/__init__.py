"""Pictures of every page of the running product: `make screenshots`. See docs/screenshots.md."""
