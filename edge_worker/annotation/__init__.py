"""What the counter sees, drawn for people."""
