"""What stands in for static hosting on one machine: one built single-page application with its runtime config."""
