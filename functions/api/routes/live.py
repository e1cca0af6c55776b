"""A store now."""

from fastapi import APIRouter

from functions.api.params import StoreIdPath
from functions.api.schemas.live import Live
from functions.common.problems import Unavailable

router = APIRouter(tags=["live"])


@router.get("/live/{store_id}", summary="A store now")
def get_live(store_id: StoreIdPath) -> Live:
    """People inside now, today's totals so far, and the cameras behind them."""
    raise Unavailable
