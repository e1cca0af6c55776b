"""Supabase Auth's admin API, with the service key: used by this Lambda only, and only to send invitations.

The key appears in no log, answer or exception: errors of the client are not passed on.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import Protocol

import httpx

from functions.common.secret import Secret

from .problems import MailNotSent

logger = logging.getLogger(__name__)

TIMEOUT_S = 4.0  # a transaction waits for the answer
API_VERSION = "2024-01-01"


class Invited(StrEnum):
    """What became of an invitation."""

    MAIL_SENT = "mail_sent"
    HAS_ACCOUNT = "has_account"


class SignInService(Protocol):
    def invite(self, email: str) -> Invited:
        """Send the address an invitation to our page. Raises MailNotSent."""


class SupabaseAuth:
    """The real one, behind `POST /auth/v1/invite`."""

    def __init__(self, issuer: str, service_key: Secret, dashboard_url: str) -> None:
        self._issuer = issuer
        self._service_key = service_key
        # Our own page: it verifies on a click, so that a mail scanner that opens links uses nothing up.
        self._redirect_to = f"{dashboard_url}/invite"

    def invite(self, email: str) -> Invited:
        key = self._service_key.reveal()
        try:
            answer = httpx.post(
                f"{self._issuer}/invite",
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
            logger.warning("the sign-in service did not answer: %s", type(error).__name__)
            raise MailNotSent from None
        if answer.is_success:
            return Invited.MAIL_SENT
        code = _error_code(answer)
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY and code in {"email_exists", "user_already_exists"}:
            return Invited.HAS_ACCOUNT
        logger.warning("the sign-in service answered %d (%s) to an invitation", answer.status_code, code)
        raise MailNotSent


def _error_code(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return "no JSON"
    code = body.get("code") or body.get("error_code") if isinstance(body, dict) else None
    return code if isinstance(code, str) and len(code) < 64 else "no code"
