"""The errors of Supabase Auth, with its codes, statuses and messages.

Source: supabase/auth, `internal/api/errorcodes.go` and the handlers that raise them.
"""

from __future__ import annotations


class AuthError(Exception):
    """An error response: HTTP status, stable code, one sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class WeakPasswordError(AuthError):
    """The password is too weak; `reasons` holds codes such as `length`."""

    def __init__(self, message: str, reasons: list[str]) -> None:
        super().__init__(422, "weak_password", message)
        self.reasons = reasons


def invalid_credentials() -> AuthError:
    """Return the error for an unknown address and for a wrong password: the same, so that neither is revealed."""
    return AuthError(400, "invalid_credentials", "Invalid login credentials")


def email_not_confirmed() -> AuthError:
    """Return the error for a right password with an address that was never verified."""
    return AuthError(400, "email_not_confirmed", "Email not confirmed")


def user_banned() -> AuthError:
    """Return the error for a user that an administrator has banned."""
    return AuthError(400, "user_banned", "User is banned")


def refresh_token_not_found() -> AuthError:
    """Return the error for a refresh token that was never issued, or whose session has ended."""
    return AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")


def refresh_token_already_used() -> AuthError:
    """Return the error for a refresh token used again too late; its session has been ended."""
    return AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")


def otp_expired() -> AuthError:
    """Return the error for a link that was used, replaced, has expired, or never existed."""
    return AuthError(403, "otp_expired", "Email link is invalid or has expired")


def no_authorization() -> AuthError:
    """Return the error for a missing bearer token."""
    return AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token")


def bad_jwt(reason: str) -> AuthError:
    """Return the error for an access token that does not verify."""
    return AuthError(403, "bad_jwt", f"invalid JWT: unable to parse or verify signature, {reason}")


def session_not_found() -> AuthError:
    """Return the error for a valid access token whose session was signed out."""
    return AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")


def not_admin() -> AuthError:
    """Return the error for a call of an admin endpoint without the service key."""
    return AuthError(403, "not_admin", "User not allowed")


def user_not_found() -> AuthError:
    """Return the error for an unknown user; only for administrators and the user's own token."""
    return AuthError(404, "user_not_found", "User not found")


def email_exists() -> AuthError:
    """Return the error for an address that has an account."""
    return AuthError(422, "email_exists", "A user with this email address has already been registered")


def validation_failed(message: str) -> AuthError:
    """Return the error for a missing or unusable field."""
    return AuthError(400, "validation_failed", message)


def bad_json(reason: str) -> AuthError:
    """Return the error for a body that is not a JSON object."""
    return AuthError(400, "bad_json", f"Could not parse request body as JSON: {reason}")
