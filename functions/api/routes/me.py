"""Who am I, and which stores are mine."""

from fastapi import APIRouter

from functions.api.schemas.me import Me
from functions.common.problems import Unavailable

router = APIRouter(tags=["me"])


@router.get("/me", summary="Who I am")
def get_me() -> Me:
    """The caller and the stores that they may read."""
    raise Unavailable
