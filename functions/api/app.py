"""The FastAPI app of the owner API."""

from functions.api.routes import calendar, health, incidents, kpis, notifications, reports, stores, wall
from functions.common.app import Application, make_app
from functions.common.settings import Settings

ROUTERS = (
    stores.router,
    calendar.router,
    incidents.router,
    notifications.router,
    kpis.router,
    reports.router,
    reports.unsubscribe_router,
    wall.router,
    wall.wall_router,
    health.router,
)


def build(settings: Settings) -> Application:
    """Return the app with these settings. It opens no connection yet."""
    return make_app(settings, ROUTERS, title="Metrica", openapi_url="/openapi.json")
