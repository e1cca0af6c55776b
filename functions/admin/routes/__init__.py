"""The addresses of the admin API, one module per noun."""
