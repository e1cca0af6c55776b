"""Entry point of the admin Lambda."""

from functions.common.cold_start import without_collector

with without_collector():
    from functions.admin.app import build
    from functions.common.app import lambda_handler
    from functions.common.settings import ADMIN_SETTINGS, load_settings

    handler = lambda_handler(build(load_settings(ADMIN_SETTINGS)), "admin")
