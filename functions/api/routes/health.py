"""The health check."""

from typing import Literal

from fastapi import APIRouter

from functions.api.schemas.types import Response
from functions.common.database import ConnectionDep, ping
from functions.common.problem_responses import document_problems
from functions.common.problems import DatabaseUnavailable

router = APIRouter(tags=["health"], responses=document_problems(DatabaseUnavailable))


class Healthy(Response):
    """The API and its database answer."""

    status: Literal["ok"]
    database: Literal["ok"]


@router.get("/healthz", summary="Check the API and its database")
def get_healthz(connection: ConnectionDep) -> Healthy:
    """Check that the API and its database answer. Needs no authentication and returns no tenant's data."""
    ping(connection)
    return Healthy(status="ok", database="ok")
