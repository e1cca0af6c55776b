"""Client of Supabase Auth's admin API, which sends invitations with the service role key.

The key must not appear in logs, responses or exceptions, so errors of the HTTP client are not chained.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import Protocol

import httpx

from functions.common.secret import Secret

from .problems import MailNotSent

logger = logging.getLogger(__name__)

TIMEOUT_S = 4.0  # a transaction is open meanwhile
API_VERSION = "2024-01-01"


class InviteResult(StrEnum):
    """Result of an invitation: an e-mail was sent, or the address has an account and needs none."""

    MAIL_SENT = "mail_sent"
    HAS_ACCOUNT = "has_account"


class SignInService(Protocol):
    """Sends invitations; replaced in tests."""

    def invite(self, email: str) -> InviteResult:
        """Send an invitation to an address. Raises MailNotSent."""


class SupabaseAuth:
    """Supabase Auth: `POST /auth/v1/invite`.

    Args:
        auth_url: address of the service, `https://….supabase.co/auth/v1`.
        service_key: the service role key.
        dashboard_url: address of the dashboard.
    """

    def __init__(self, auth_url: str, service_key: Secret, dashboard_url: str) -> None:
        self._auth_url = auth_url
        self._service_key = service_key
        # A page of the dashboard that redeems the token on a click: mail scanners open links.
        self._redirect_to = f"{dashboard_url}/invite"

    def invite(self, email: str) -> InviteResult:
        """Send an invitation to an address. Raises MailNotSent."""
        key = self._service_key.reveal()
        try:
            response = httpx.post(
                f"{self._auth_url}/invite",
                params={"redirect_to": self._redirect_to},
                json={"email": email, "data": {}},
                headers={
                    "apikey": key,
                    "Authorization": f"Bearer {key}",
                    "X-Supabase-Api-Version": API_VERSION,
                },
                timeout=TIMEOUT_S,
                follow_redirects=False,
            )
        except (httpx.HTTPError, ValueError) as error:
            logger.warning("Supabase Auth did not respond: %s", type(error).__name__)
            raise MailNotSent from None
        if response.is_success:
            return InviteResult.MAIL_SENT
        code = _error_code(response)
        if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY and code in {"email_exists", "user_already_exists"}:
            return InviteResult.HAS_ACCOUNT
        logger.warning("Supabase Auth responded %d (%s) to an invitation", response.status_code, code)
        raise MailNotSent


def _error_code(response: httpx.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        return "no JSON"
    code = body.get("code") or body.get("error_code") if isinstance(body, dict) else None
    return code if isinstance(code, str) and len(code) < 64 else "no code"
