"""``GET /healthz``."""

from typing import Literal

from functions.api.schemas.values import Response


class Healthy(Response):
    """The Lambda answers and its database does."""

    status: Literal["ok"]
    database: Literal["ok"]
