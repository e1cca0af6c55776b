"""Is it up."""

from fastapi import APIRouter

from functions.api.schemas.health import Healthy
from functions.common.problems import Unavailable

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the API and its database answer")
def get_healthz() -> Healthy:
    """No authentication; says nothing about any tenant."""
    raise Unavailable
