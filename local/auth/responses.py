"""The JSON of Supabase Auth's responses: users, sessions, links."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from local.auth.accounts import Account
from local.auth.database import format_time
from local.auth.links import Link
from local.auth.sessions import Session

Json: TypeAlias = dict[str, Any]


def user(account: Account) -> Json:
    """Return a user as supabase-js reads it; times that are not set are left out, as GoTrue does."""
    confirmed = account.email_confirmed_at
    fields: Json = {
        "id": account.id,
        "aud": "authenticated",
        "role": "authenticated",
        "email": account.email,
        "phone": "",
        "app_metadata": account.app_metadata,
        "user_metadata": account.user_metadata,
        "identities": [_identity(account)],
        "created_at": format_time(account.created_at),
        "updated_at": format_time(account.updated_at),
        "is_anonymous": False,
    }
    optional: dict[str, datetime | None] = {
        "email_confirmed_at": confirmed,
        "confirmed_at": confirmed,
        "invited_at": account.invited_at,
        "last_sign_in_at": account.last_sign_in_at,
        "banned_until": account.banned_until,
    }
    return fields | {name: format_time(value) for name, value in optional.items() if value is not None}


def session(account: Account, current: Session, access_token: str, expires_in: int, now: datetime) -> Json:
    """Return the response of sign-in and refresh. `expires_in` is in seconds, `expires_at` in seconds since 1970."""
    return {
        "access_token": access_token,
        "token_type": "bearer",
        "expires_in": expires_in,
        "expires_at": int(now.timestamp()) + expires_in,
        "refresh_token": current.refresh_token,
        "user": user(account),
    }


def generated_link(account: Account, link: Link, action_link: str, redirect_to: str) -> Json:
    """Return the response of `POST /admin/generate_link`: the user with the fields of the link added."""
    return user(account) | {
        "action_link": action_link,
        "email_otp": link.one_time_password,
        "hashed_token": link.token_hash,
        "redirect_to": redirect_to,
        "verification_type": link.type,
    }


def _identity(account: Account) -> Json:
    return {
        "identity_id": account.id,
        "id": account.id,
        "user_id": account.id,
        "identity_data": {
            "email": account.email,
            "email_verified": account.email_confirmed_at is not None,
            "phone_verified": False,
            "sub": account.id,
        },
        "provider": "email",
        "email": account.email,
        "created_at": format_time(account.created_at),
        "updated_at": format_time(account.updated_at),
    }
