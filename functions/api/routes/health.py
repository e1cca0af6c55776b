"""Is it up."""

from fastapi import APIRouter

from functions.api.schemas.health import Healthy
from functions.common.database import ConnectionDep, ping
from functions.common.problem_responses import answers
from functions.common.problems import DatabaseUnavailable

router = APIRouter(tags=["health"], responses=answers(DatabaseUnavailable))


@router.get("/healthz", summary="Whether the API and its database answer")
def get_healthz(connection: ConnectionDep) -> Healthy:
    """No authentication; says nothing about any tenant."""
    ping(connection)
    return Healthy(status="ok", database="ok")
