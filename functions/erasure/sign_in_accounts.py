"""The accounts of Supabase Auth with an address: found and deleted through its admin API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from functions.common.secret import Secret

TIMEOUT_S = 10.0
PER_PAGE = 1000
MAX_PAGES = 10_000


class SignInServiceError(Exception):
    """The sign-in service does not answer or refuses; the message says what to do. It never contains the key."""


class SignInAccounts:
    """Supabase Auth: `/auth/v1/admin/users`.

    Args:
        auth_url: address of the service, `https://….supabase.co/auth/v1`.
        service_key: the service role key.
    """

    def __init__(self, auth_url: str, service_key: Secret) -> None:
        self._auth_url = auth_url
        self._service_key = service_key

    def find(self, email: str) -> tuple[UUID, ...]:
        """Return the ids of the accounts with an address, compared without case. Raises SignInServiceError."""
        wanted = email.strip().lower()
        found: list[UUID] = []
        for page in range(1, MAX_PAGES + 1):
            body = self._request("GET", "/admin/users", params={"page": page, "per_page": PER_PAGE})
            users = body.get("users") if isinstance(body, dict) else None
            if not isinstance(users, list):
                raise SignInServiceError(f"{self._auth_url} did not answer with a list of accounts.")
            found += [UUID(user["id"]) for user in users if str(user.get("email", "")).lower() == wanted]
            if len(users) < PER_PAGE:
                break
        return tuple(found)

    def delete(self, account_id: UUID) -> None:
        """Delete an account with its sessions. It may be gone already. Raises SignInServiceError."""
        self._request("DELETE", f"/admin/users/{account_id}", accepted=(404,))

    def _request(
        self, method: str, path: str, *, params: dict[str, int] | None = None, accepted: tuple[int, ...] = ()
    ) -> Any:
        key = self._service_key.reveal()
        try:
            response = httpx.request(
                method,
                f"{self._auth_url}{path}",
                params=params,
                headers={"apikey": key, "Authorization": f"Bearer {key}"},
                timeout=TIMEOUT_S,
                follow_redirects=False,
            )
        except (httpx.HTTPError, ValueError) as error:
            # Not chained: the error may contain the request with the key.
            reason = type(error).__name__
            raise SignInServiceError(f"{self._auth_url} does not answer ({reason}). Nothing was erased.") from None
        if not response.is_success and response.status_code not in accepted:
            raise SignInServiceError(
                f"{self._auth_url} refused with status {response.status_code}. Check SUPABASE_SERVICE_ROLE_KEY."
            )
        try:
            return response.json() if response.content else {}
        except ValueError:
            raise SignInServiceError(f"{self._auth_url} did not answer with JSON.") from None
