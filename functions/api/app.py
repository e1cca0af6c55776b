"""The FastAPI app of the owner's API."""

from fastapi import FastAPI
from fastapi.routing import APIRoute

from functions.api.routes import dashboard, footfall, forecast, health, live, me, stores


def operation_id(route: APIRoute) -> str:
    """The name of the generated client's function: that of the endpoint."""
    return route.name


app = FastAPI(
    title="Metrica",
    summary="Live occupancy, footfall, dwell time and peak hours of your stores.",
    version="1",
    generate_unique_id_function=operation_id,
    docs_url=None,
    redoc_url=None,
)
for room in (me, stores, live, dashboard, footfall, forecast, health):
    app.include_router(room.router)
