"""The FastAPI application of the admin API."""

from __future__ import annotations

from functions.admin.routes import (
    cameras,
    cities,
    count_checks,
    crossings,
    import_windows,
    incidents,
    overview,
    owners,
    public_holidays,
    stores,
    superadmins,
    worker_keys,
)
from functions.admin.sign_in_service import SupabaseAuth
from functions.common.app import Application, make_app
from functions.common.settings import Settings

ROUTERS = (
    stores.router,
    public_holidays.router,
    cities.router,
    cameras.router,
    count_checks.router,
    crossings.router,
    import_windows.router,
    owners.router,
    worker_keys.router,
    overview.router,
    incidents.router,
    superadmins.router,
)


def build(settings: Settings) -> Application:
    """Return the application with these settings. Opens no connection."""
    app = make_app(settings, ROUTERS, title="Metrica admin")
    app.state.sign_in_service = SupabaseAuth(
        settings.auth_url, settings.supabase_service_role_key, settings.dashboard_url
    )
    return app
