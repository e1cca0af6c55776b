"""Looks at the store as its owner does: signed in, through the API."""

from __future__ import annotations

from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import httpx

from local.seed.tenant import Login

_TIMEOUT_S = 20.0
_EVERY_S = 2.0


class OwnerView:
    """How many are inside one store, by the owner's API; asked in a thread of its own while the context is open.

    Attributes:
        occupancy: what the API said last; None when it does not say, or does not answer.
    """

    def __init__(self, api: str, auth: str, anon_key: str, login: Login, store_id: UUID) -> None:
        self._auth = auth
        self._anon_key = anon_key
        self._login = login
        self._store_id = store_id
        self._token: str | None = None
        self._client = httpx.Client(base_url=api, timeout=_TIMEOUT_S)
        self._closed = Event()
        self._thread = Thread(target=self._watch, name="owner", daemon=True)
        self.occupancy: int | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # An answer that is still to come is not waited for: the thread ends with the process.
        self._closed.set()

    def _watch(self) -> None:
        with self._client:
            while not self._closed.is_set():
                try:
                    self.occupancy = self._ask().get("occupancy")
                except httpx.HTTPError:
                    self.occupancy = None
                self._closed.wait(_EVERY_S)

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
