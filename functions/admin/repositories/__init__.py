"""Every statement of the admin Lambda. Nothing outside this folder queries."""
