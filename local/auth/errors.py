"""The errors of Supabase Auth, with its codes, statuses and sentences.

Source: supabase/auth, `internal/api/errorcodes.go` and the handlers that raise them.
"""

from __future__ import annotations


class AuthError(Exception):
    """An answer other than success: HTTP status, stable code, one sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class WeakPasswordError(AuthError):
    """The password is refused; `reasons` holds `length` and the like."""

    def __init__(self, message: str, reasons: list[str]) -> None:
        super().__init__(422, "weak_password", message)
        self.reasons = reasons


def invalid_credentials() -> AuthError:
    """The same answer for an unknown address and a wrong password."""
    return AuthError(400, "invalid_credentials", "Invalid login credentials")


def email_not_confirmed() -> AuthError:
    """The password is right, the address was never verified."""
    return AuthError(400, "email_not_confirmed", "Email not confirmed")


def user_banned() -> AuthError:
    """An administrator has shut the account."""
    return AuthError(400, "user_banned", "User is banned")


def refresh_token_not_found() -> AuthError:
    """Never issued, or its session has ended."""
    return AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")


def refresh_token_already_used() -> AuthError:
    """An old token came back after its time: the whole session is ended."""
    return AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")


def otp_expired() -> AuthError:
    """The link was used, replaced, has expired, or never was."""
    return AuthError(403, "otp_expired", "Email link is invalid or has expired")


def no_authorization() -> AuthError:
    """No bearer token where one is needed."""
    return AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token")


def bad_jwt(reason: str) -> AuthError:
    """The access token does not verify."""
    return AuthError(403, "bad_jwt", f"invalid JWT: unable to parse or verify signature, {reason}")


def session_not_found() -> AuthError:
    """The access token is sound, its session has been signed out."""
    return AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")


def not_admin() -> AuthError:
    """An admin endpoint without the service key."""
    return AuthError(403, "not_admin", "User not allowed")


def user_not_found() -> AuthError:
    """No such user (only said to administrators and to the user's own token)."""
    return AuthError(404, "user_not_found", "User not found")


def email_exists() -> AuthError:
    """The address has an account already."""
    return AuthError(422, "email_exists", "A user with this email address has already been registered")


def validation_failed(message: str) -> AuthError:
    """A field is missing or unusable."""
    return AuthError(400, "validation_failed", message)


def bad_json(reason: str) -> AuthError:
    """The body is not a JSON object."""
    return AuthError(400, "bad_json", f"Could not parse request body as JSON: {reason}")
