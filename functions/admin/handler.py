"""Entry point of the admin Lambda."""

from functions.common.cold_start import without_collector

with without_collector():
    from functions.admin.app import app
    from functions.common.app import lambda_handler

    handler = lambda_handler(app, "admin")
