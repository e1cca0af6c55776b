"""Links with which a person sets their first password, for an installation without a mail server."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx

from server.errors import OperationError
from server.installation import Installation
from server.keys import Keys

TIMEOUT_S = 10.0


def make_sign_in_link(installation: Installation, keys: Keys, email: str) -> str:
    """Return a link to the dashboard with which the owner of an address sets a password. It works once, for a day.

    An address without an account gets one. The link is a secret: give it to that person only.

    Raises:
        OperationError: The auth service does not answer or refuses.
    """
    for link_type, page in (("invite", "invite"), ("recovery", "welcome")):
        token = _generate_link(installation, keys, link_type, email)
        if token is not None:
            return f"{installation.url}/{page}?{urlencode({'token_hash': token, 'type': link_type})}"
    raise OperationError(f"the auth service makes no link for {email}")


def _generate_link(installation: Installation, keys: Keys, link_type: str, email: str) -> str | None:
    """Return the token of a link, or None if the address has an account already and needs a link of another type."""
    hosted = installation.hosted_auth
    url = f"{hosted.url}/auth/v1" if hosted else f"http://{installation.addresses.auth}"
    key = hosted.service_role_key if hosted else keys.service_role_key
    try:
        response = httpx.post(
            f"{url}/admin/generate_link",
            json={"type": link_type, "email": email, "redirect_to": f"{installation.url}/welcome"},
            headers={"apikey": key, "Authorization": f"Bearer {key}"},
            timeout=TIMEOUT_S,
        )
        body = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise OperationError(
            f"the auth service at {url} does not answer ({type(error).__name__}): check its address, and make the link "
            f"with `metrica-server link {email}` then"
        ) from None
    if response.is_success and isinstance(body.get("hashed_token"), str):
        return str(body["hashed_token"])
    code = body.get("error_code") or body.get("code")
    if code in {"email_exists", "user_already_exists"}:
        return None
    raise OperationError(f"the auth service answered {response.status_code} ({code})")
