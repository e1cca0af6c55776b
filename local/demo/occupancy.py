"""Read a store's occupancy from the API, signed in as its owner."""

from __future__ import annotations

from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import httpx

from local.seed.demo_tenant import Login

_TIMEOUT_S = 20.0
_INTERVAL_S = 2.0


class OccupancyPoller:
    """Poll `GET /live/{store_id}` in a thread while the context is open.

    Attributes:
        occupancy: The last answer; None when the API has no number or does not answer.
    """

    def __init__(self, api: str, auth: str, anon_key: str, login: Login, store_id: UUID) -> None:
        self._auth = auth
        self._anon_key = anon_key
        self._login = login
        self._store_id = store_id
        self._token: str | None = None
        self._client = httpx.Client(base_url=api, timeout=_TIMEOUT_S)
        self._closed = Event()
        self._thread = Thread(target=self._poll, name="occupancy", daemon=True)
        self.occupancy: int | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A pending request is not waited for: the thread ends with the process.
        self._closed.set()

    def _poll(self) -> None:
        with self._client:
            while not self._closed.is_set():
                try:
                    self.occupancy = self._get_live().get("occupancy")
                except httpx.HTTPError:
                    self.occupancy = None
                self._closed.wait(_INTERVAL_S)

    def _get_live(self) -> dict[str, Any]:
        if self._token is None:
            self._token = self._sign_in()
        response = self._client.get(f"/live/{self._store_id}", headers={"Authorization": f"Bearer {self._token}"})
        if response.status_code == httpx.codes.UNAUTHORIZED:
            self._token = None
        live: dict[str, Any] = response.raise_for_status().json()
        return live

    def _sign_in(self) -> str:
        response = self._client.post(
            f"{self._auth}/auth/v1/token",
            params={"grant_type": "password"},
            headers={"apikey": self._anon_key},
            json={"email": self._login.email, "password": self._login.password},
        )
        return str(response.raise_for_status().json()["access_token"])
