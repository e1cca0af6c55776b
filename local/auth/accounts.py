"""The users of the local auth."""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from local.auth import errors
from local.auth.database import AuthDatabase, format_time, parse_time
from local.auth.passwords import check_strength, hash_password, verify_password
from local.errors import AccountError

Clock: TypeAlias = Callable[[], datetime]
Metadata: TypeAlias = dict[str, Any]
Role: TypeAlias = Literal["superadmin"]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")
_DEFAULT_APP_METADATA: Metadata = {"provider": "email", "providers": ["email"]}


def utc_now() -> datetime:
    """Return the current time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Account:
    """One user.

    Attributes:
        id: The `sub` of its tokens.
        email: In lower case.
        password_hash: None until a password is set.
        app_metadata: Can be changed by administrators only.
        user_metadata: Can be changed by the user.
        email_confirmed_at: None until the first link is followed.
        invited_at: None when it was not invited.
        last_sign_in_at: None before the first sign-in.
        banned_until: Sign-in is refused before this time.
        created_at: Time of creation.
        updated_at: Time of the last change.
    """

    id: str
    email: str
    password_hash: str | None
    app_metadata: Metadata
    user_metadata: Metadata
    email_confirmed_at: datetime | None
    invited_at: datetime | None
    last_sign_in_at: datetime | None
    banned_until: datetime | None
    created_at: datetime
    updated_at: datetime


class Accounts:
    """The users on disk; every method is one transaction."""

    def __init__(self, database: AuthDatabase, now: Clock = utc_now) -> None:
        self._database = database
        self._now = now

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the users of the auth in `folder`, whether its server runs or not."""
        return cls(AuthDatabase(folder))

    def ensure(self, email: str, *, password: str, role: Role | None = None) -> Account:
        """Create a confirmed user, or change the existing one to this password and role; its id stays.

        Raises:
            AccountError: The address or the password is unusable.
        """
        try:
            account = self.by_email(email)
            if account is None:
                account = self.create(email, password=password, confirmed=True)
            elif not verify_password(password, account.password_hash):
                check_strength(password)
                account = replace(account, password_hash=hash_password(password))
        except errors.AuthError as error:
            raise AccountError(f"the account {email} cannot be created: {error.message}") from error
        app_metadata = {key: value for key, value in account.app_metadata.items() if key != "role"}
        if role is not None:
            app_metadata["role"] = role
        confirmed_at = account.email_confirmed_at or self._now()
        return self.save(replace(account, app_metadata=app_metadata, email_confirmed_at=confirmed_at))

    def create(
        self,
        email: str,
        *,
        password: str | None = None,
        confirmed: bool = False,
        invited: bool = False,
        app_metadata: Metadata | None = None,
        user_metadata: Metadata | None = None,
    ) -> Account:
        """Create a user.

        Raises:
            AuthError: `email_exists`, `validation_failed` or `weak_password`.
        """
        address = normalise_email(email)
        if password is not None:
            check_strength(password)
        now = self._now()
        account = Account(
            id=str(uuid.uuid4()),
            email=address,
            password_hash=None if password is None else hash_password(password),
            app_metadata=_DEFAULT_APP_METADATA | (app_metadata or {}),
            user_metadata=user_metadata or {},
            email_confirmed_at=now if confirmed else None,
            invited_at=now if invited else None,
            last_sign_in_at=None,
            banned_until=None,
            created_at=now,
            updated_at=now,
        )
        row = _row(account)
        statement = f"insert into users ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})"  # noqa: S608
        try:
            with self._database.transaction() as connection:
                connection.execute(statement, row)
        except sqlite3.IntegrityError as error:
            raise errors.email_exists() from error
        return account

    def save(self, account: Account) -> Account:
        """Write all fields of the account and return it with the new `updated_at`.

        Raises:
            AuthError: `email_exists` or `user_not_found`.
        """
        saved = replace(account, updated_at=self._now())
        row = _row(saved)
        assignments = ", ".join(f"{name} = :{name}" for name in row if name != "id")
        try:
            with self._database.transaction() as connection:
                updated = connection.execute(f"update users set {assignments} where id = :id", row).rowcount  # noqa: S608
        except sqlite3.IntegrityError as error:
            raise errors.email_exists() from error
        if updated == 0:
            raise errors.user_not_found()
        return saved

    def delete(self, account_id: str) -> None:
        """Delete the user with its sessions and links.

        Raises:
            AuthError: `user_not_found`.
        """
        with self._database.transaction() as connection:
            if connection.execute("delete from users where id = ?", (account_id,)).rowcount == 0:
                raise errors.user_not_found()

    def by_id(self, account_id: str) -> Account | None:
        """Return the user with this id; None when there is none."""
        return self._one("select * from users where id = ?", account_id)

    def by_email(self, email: str) -> Account | None:
        """Return the user with this address, compared without case; None when there is none."""
        return self._one("select * from users where email = ?", email.strip().lower())

    def page(self, number: int, size: int) -> tuple[list[Account], int]:
        """Return page `number` (from 1) in order of creation, and the total number of users."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "select * from users order by created_at, id limit ? offset ?", (size, (number - 1) * size)
            ).fetchall()
            total: int = connection.execute("select count(*) from users").fetchone()[0]
        return [_account(row) for row in rows], total

    def _one(self, query: str, value: str) -> Account | None:
        with self._database.transaction() as connection:
            row = connection.execute(query, (value,)).fetchone()
        return None if row is None else _account(row)


def normalise_email(email: str) -> str:
    """Return the address trimmed and in lower case.

    Raises:
        AuthError: `validation_failed` when it is not an e-mail address.
    """
    address = email.strip().lower()
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise errors.validation_failed("Unable to validate email address: invalid format")
    return address


def _row(account: Account) -> dict[str, str | None]:
    def optional(value: datetime | None) -> str | None:
        return None if value is None else format_time(value)

    return {
        "id": account.id,
        "email": account.email,
        "password_hash": account.password_hash,
        "app_metadata": json.dumps(account.app_metadata),
        "user_metadata": json.dumps(account.user_metadata),
        "email_confirmed_at": optional(account.email_confirmed_at),
        "invited_at": optional(account.invited_at),
        "last_sign_in_at": optional(account.last_sign_in_at),
        "banned_until": optional(account.banned_until),
        "created_at": format_time(account.created_at),
        "updated_at": format_time(account.updated_at),
    }


def _account(row: sqlite3.Row) -> Account:
    def optional(text: str | None) -> datetime | None:
        return None if text is None else parse_time(text)

    return Account(
        id=row["id"],
        email=row["email"],
        password_hash=row["password_hash"],
        app_metadata=json.loads(row["app_metadata"]),
        user_metadata=json.loads(row["user_metadata"]),
        email_confirmed_at=optional(row["email_confirmed_at"]),
        invited_at=optional(row["invited_at"]),
        last_sign_in_at=optional(row["last_sign_in_at"]),
        banned_until=optional(row["banned_until"]),
        created_at=parse_time(row["created_at"]),
        updated_at=parse_time(row["updated_at"]),
    )
