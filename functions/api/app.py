"""The FastAPI app of the owner's API."""

from functions.api.routes import dashboard, footfall, forecast, health, live, me, stores
from functions.common.app import Application, make_app
from functions.common.settings import API_SETTINGS, Settings, load_settings

ROOMS = (me, stores, live, dashboard, footfall, forecast, health)


def build(settings: Settings) -> Application:
    """The app with those settings; opens no connection yet."""
    return make_app(settings, [room.router for room in ROOMS], title="Metrica", openapi_url="/openapi.json")


app = build(load_settings(API_SETTINGS))
