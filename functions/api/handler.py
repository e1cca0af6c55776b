"""The Lambda of the owner API."""

from functions.common.cold_start import without_collector

with without_collector():
    from functions.api.app import app
    from functions.common.app import lambda_handler

    handler = lambda_handler(app, "api")
