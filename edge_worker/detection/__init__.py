"""Detection of people in one frame, with one module per inference backend."""
