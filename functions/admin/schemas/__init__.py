"""What the admin API takes and answers."""
