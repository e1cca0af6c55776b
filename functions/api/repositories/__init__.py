"""Every query of the owner's API. Each starts from a ``ReadableStore``, which only the readable statement makes."""
