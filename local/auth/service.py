"""Sign-in, sessions, links and users, without HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlencode, urlsplit

from local.auth import errors, responses
from local.auth.accounts import Account, Accounts, Clock, Metadata, utc_now
from local.auth.database import AuthDatabase
from local.auth.keys import AuthKeys, load_or_create
from local.auth.links import LIFETIME as LINK_LIFETIME
from local.auth.links import Link, Links, LinkType, MailFolder, hash_of
from local.auth.passwords import check_strength, hash_password, verify_password
from local.auth.responses import Json
from local.auth.sessions import Session, Sessions, SignOutScope, TokenSigner
from local.loopback import is_loopback


@dataclass(frozen=True, slots=True)
class Caller:
    """The user of a verified bearer token whose session exists."""

    account: Account
    session_id: str


@dataclass(frozen=True, slots=True)
class AuthService:
    """One local auth.

    Attributes:
        keys: Its signing key and API keys.
        accounts: Its users.
        sessions: Their sessions.
        links: Their one-time links.
        signer: Signs the access tokens.
        mails: Where mails are written.
        public_url: The address for browsers, without `/auth/v1`.
        site_url: Where a link leads when the caller names no page, or one that is not on this machine.
        now: The clock.
    """

    keys: AuthKeys
    accounts: Accounts
    sessions: Sessions
    links: Links
    signer: TokenSigner
    mails: MailFolder
    public_url: str
    site_url: str
    now: Clock

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        public_url: str,
        site_url: str,
        now: Clock = utc_now,
        link_lifetime: timedelta = LINK_LIFETIME,
    ) -> Self:
        """Return the auth in `folder`, which is created when it is missing."""
        keys = load_or_create(folder)
        database = AuthDatabase(folder)
        return cls(
            keys=keys,
            accounts=Accounts(database, now),
            sessions=Sessions(database, now),
            links=Links(database, now, link_lifetime),
            signer=TokenSigner(keys, f"{public_url}/auth/v1"),
            mails=MailFolder(folder / "outbox"),
            public_url=public_url,
            site_url=site_url,
            now=now,
        )

    # Sessions

    def sign_in(self, email: str, password: str) -> Json:
        """Return a new session for address and password."""
        account = self.accounts.by_email(email)
        matches = verify_password(password, None if account is None else account.password_hash)
        if account is None or not matches:
            raise errors.invalid_credentials()
        if account.email_confirmed_at is None:
            raise errors.email_not_confirmed()
        return self._start_session(account, "password")

    def refresh(self, token: str) -> Json:
        """Return the session with new tokens."""
        session = self.sessions.refresh(token)
        account = self._active(self.accounts.by_id(session.account_id))
        return self._session(account, session)

    def verify(self, token_hash: str, types: tuple[LinkType, ...]) -> Json:
        """Return a new session for a link; following it confirms the address."""
        account_id, link_type = self.links.redeem(token_hash, types)
        account = self._active(self.accounts.by_id(account_id))
        if account.email_confirmed_at is None:
            account = replace(account, email_confirmed_at=self.now())
        return self._start_session(account, link_type)

    def verify_one_time_password(self, email: str, password: str, types: tuple[LinkType, ...]) -> Json:
        """Return a new session for the one-time password of a link."""
        return self.verify(hash_of(email.strip().lower(), password), types)

    def authenticate(self, token: str) -> Caller:
        """Return the user and the session of an access token."""
        claims = self.signer.verify(token)
        account = self.accounts.by_id(claims["sub"])
        if account is None:
            raise errors.AuthError(403, "user_not_found", "User from sub claim in JWT does not exist")
        if not self.sessions.exists(claims["session_id"]):
            raise errors.session_not_found()
        return Caller(account, claims["session_id"])

    def sign_out(self, caller: Caller, scope: SignOutScope) -> None:
        """End sessions; access tokens stay valid until they expire, as with Supabase."""
        self.sessions.end(caller.account.id, caller.session_id, scope)

    def update_user(self, caller: Caller, *, password: str | None, user_metadata: Metadata | None) -> Json:
        """Change the caller's password, which ends the other sessions, and the user metadata; return the user."""
        account = caller.account
        if password is not None:
            check_strength(password)
            if verify_password(password, account.password_hash):
                raise errors.AuthError(422, "same_password", "New password should be different from the old password.")
            account = replace(account, password_hash=hash_password(password))
        if user_metadata is not None:
            account = replace(account, user_metadata=merged(account.user_metadata, user_metadata))
        saved = self.accounts.save(account)
        if password is not None:
            self.sessions.end(account.id, caller.session_id, "others")
        return responses.user(saved)

    # Links

    def recover(self, email: str, redirect_to: str | None) -> None:
        """Write a mail with a recovery link if the user exists; the caller cannot tell whether it does."""
        account = self.accounts.by_email(email)
        if account is not None:
            self.mails.write(account, self.links.issue(account, "recovery"), self.allowed_page(redirect_to))

    def invite(self, email: str, user_metadata: Metadata, redirect_to: str | None) -> Json:
        """Write a mail with an invitation, also again for a user who has not accepted one yet; return the user."""
        account, link = self._invitation(email, user_metadata)
        self.mails.write(account, link, self.allowed_page(redirect_to))
        return responses.user(account)

    def generate_link(self, link_type: LinkType, email: str, user_metadata: Metadata, redirect_to: str | None) -> Json:
        """Return a link without writing a mail."""
        if link_type == "invite":
            account, link = self._invitation(email, user_metadata)
        else:
            known = self.accounts.by_email(email)
            if known is None:
                raise errors.AuthError(404, "user_not_found", "User with this email not found")
            account, link = known, self.links.issue(known, link_type)
        page = self.allowed_page(redirect_to)
        query = urlencode({"token": link.token_hash, "type": link_type, "redirect_to": page})
        return responses.generated_link(account, link, f"{self.public_url}/auth/v1/verify?{query}", page)

    def _invitation(self, email: str, user_metadata: Metadata) -> tuple[Account, Link]:
        account = self.accounts.by_email(email)
        if account is None:
            account = self.accounts.create(email, invited=True, user_metadata=user_metadata)
        elif account.email_confirmed_at is not None:
            raise errors.email_exists()
        else:
            account = self.accounts.save(
                replace(account, invited_at=self.now(), user_metadata=merged(account.user_metadata, user_metadata))
            )
        return account, self.links.issue(account, "invite")

    def allowed_page(self, redirect_to: str | None) -> str:
        """Return the page if it is on this machine, else `site_url`: a link carries the right to set a password."""
        if redirect_to is None:
            return self.site_url
        parts = urlsplit(redirect_to)
        is_ours = parts.scheme in {"http", "https"} and parts.hostname is not None and is_loopback(parts.hostname)
        return redirect_to if is_ours else self.site_url

    # Shared

    def _start_session(self, account: Account, method: str) -> Json:
        account = self._active(account)
        account = self.accounts.save(replace(account, last_sign_in_at=self.now()))
        return self._session(account, self.sessions.start(account.id, method))

    def _session(self, account: Account, session: Session) -> Json:
        now = self.now()
        seconds = int(self.signer.lifetime.total_seconds())
        return responses.session(account, session, self.signer.sign(account, session, now), seconds, now)

    def _active(self, account: Account | None) -> Account:
        if account is None:
            raise errors.refresh_token_not_found()
        if account.banned_until is not None and account.banned_until > self.now():
            raise errors.user_banned()
        return account


def merged(old: Metadata, changes: Metadata) -> Metadata:
    """Return the metadata with the changes applied; null removes a key."""
    return {key: value for key, value in (old | changes).items() if value is not None}
