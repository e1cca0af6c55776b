"""The Lambda of the owner API."""

from functions.common.cold_start import without_collector

with without_collector():
    from functions.api.app import build
    from functions.common.app import lambda_handler
    from functions.common.settings import API_SETTINGS, load_settings

    handler = lambda_handler(build(load_settings(API_SETTINGS)), "api")
