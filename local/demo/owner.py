"""Looks at the store as its owner does: signed in, through the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from local.seed.tenant import Login

_TIMEOUT_S = 5.0


class OwnerView:
    """The live numbers of one store, by the owner's API."""

    def __init__(self, api: str, auth: str, anon_key: str, login: Login, store_id: UUID) -> None:
        self._auth = auth
        self._anon_key = anon_key
        self._login = login
        self._store_id = store_id
        self._token: str | None = None
        self._client = httpx.Client(base_url=api, timeout=_TIMEOUT_S)

    def occupancy(self) -> int | None:
        """How many are inside now; None when the API does not say, or does not answer."""
        try:
            return self._ask().get("occupancy")
        except httpx.HTTPError:
            return None

    def close(self) -> None:
        self._client.close()

    def _ask(self) -> dict[str, Any]:
        if self._token is None:
            self._token = self._sign_in()
        answer = self._client.get(f"/live/{self._store_id}", headers={"Authorization": f"Bearer {self._token}"})
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._token = None
        live: dict[str, Any] = answer.raise_for_status().json()
        return live

    def _sign_in(self) -> str:
        answer = self._client.post(
            f"{self._auth}/auth/v1/token",
            params={"grant_type": "password"},
            headers={"apikey": self._anon_key},
            json={"email": self._login.email, "password": self._login.password},
        )
        return str(answer.raise_for_status().json()["access_token"])
