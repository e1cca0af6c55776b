"""What the auth does, apart from HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlencode, urlsplit

from local.auth import errors, shapes
from local.auth.accounts import Account, Accounts, Clock, Metadata, utc_now
from local.auth.database import AuthDatabase
from local.auth.keys import AuthKeys, load_or_create
from local.auth.links import LIFETIME as LINK_LIFETIME
from local.auth.links import Link, Links, LinkType, hash_of
from local.auth.mail import Outbox
from local.auth.passwords import check_strength, hash_password, verify_password
from local.auth.sessions import Session, Sessions, SignOutScope
from local.auth.shapes import Json
from local.auth.tokens import TokenSigner
from local.loopback import is_loopback


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who calls, by a bearer token that verified and whose session is alive."""

    account: Account
    session_id: str


@dataclass(frozen=True, slots=True)
class AuthService:
    """Accounts, sessions and links of one local auth.

    Attributes:
        public_url: where browsers reach us, without `/auth/v1`.
        site_url: where a link leads when the caller names no page, or one that is not on this machine.
    """

    keys: AuthKeys
    accounts: Accounts
    sessions: Sessions
    links: Links
    signer: TokenSigner
    outbox: Outbox
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
        """The auth whose state is in `folder`, made when there is none."""
        keys = load_or_create(folder)
        database = AuthDatabase(folder)
        return cls(
            keys=keys,
            accounts=Accounts(database, now),
            sessions=Sessions(database, now),
            links=Links(database, now, link_lifetime),
            signer=TokenSigner(keys, f"{public_url}/auth/v1"),
            outbox=Outbox(folder / "outbox"),
            public_url=public_url,
            site_url=site_url,
            now=now,
        )

    # Sessions

    def sign_in(self, email: str, password: str) -> Json:
        """A session for address and password."""
        account = self.accounts.by_email(email)
        fits = verify_password(password, None if account is None else account.password_hash)
        if account is None or not fits:
            raise errors.invalid_credentials()
        if account.email_confirmed_at is None:
            raise errors.email_not_confirmed()
        return self._start_session(account, "password")

    def refresh(self, token: str) -> Json:
        """The next pair of tokens."""
        session = self.sessions.refresh(token)
        account = self._alive(self.accounts.by_id(session.account_id))
        return self._session(account, session)

    def verify(self, token_hash: str, kinds: tuple[LinkType, ...]) -> Json:
        """A session for a link, which confirms the address."""
        account_id, kind = self.links.redeem(token_hash, kinds)
        account = self._alive(self.accounts.by_id(account_id))
        if account.email_confirmed_at is None:
            account = replace(account, email_confirmed_at=self.now())
        return self._start_session(account, kind)

    def verify_one_time_password(self, email: str, password: str, kinds: tuple[LinkType, ...]) -> Json:
        """As `verify`, with what stands in the mail beside the link."""
        return self.verify(hash_of(email.strip().lower(), password), kinds)

    def authenticate(self, token: str) -> SignedIn:
        """Who an access token belongs to."""
        claims = self.signer.read(token)
        account = self.accounts.by_id(claims["sub"])
        if account is None:
            raise errors.AuthError(403, "user_not_found", "User from sub claim in JWT does not exist")
        if not self.sessions.exists(claims["session_id"]):
            raise errors.session_not_found()
        return SignedIn(account, claims["session_id"])

    def sign_out(self, caller: SignedIn, scope: SignOutScope) -> None:
        """End sessions; access tokens stay good until they expire, as everywhere with Supabase."""
        self.sessions.end(caller.account.id, caller.session_id, scope)

    def change_own(self, caller: SignedIn, *, password: str | None, user_metadata: Metadata | None) -> Json:
        """A new password (which ends the other sessions) and changes to the metadata that are the user's own."""
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
        return shapes.user(saved)

    # Links

    def recover(self, email: str, redirect_to: str | None) -> None:
        """A mail with a recovery link, if there is such a user; nobody learns whether."""
        account = self.accounts.by_email(email)
        if account is not None:
            self.outbox.deliver(account, self.links.issue(account, "recovery"), self.landing(redirect_to))

    def invite(self, email: str, user_metadata: Metadata, redirect_to: str | None) -> Json:
        """A mail with an invitation; again for somebody who has not followed the last one."""
        account, link = self._invitation(email, user_metadata)
        self.outbox.deliver(account, link, self.landing(redirect_to))
        return shapes.user(account)

    def generate_link(self, kind: LinkType, email: str, user_metadata: Metadata, redirect_to: str | None) -> Json:
        """A link without a mail."""
        if kind == "invite":
            account, link = self._invitation(email, user_metadata)
        else:
            known = self.accounts.by_email(email)
            if known is None:
                raise errors.AuthError(404, "user_not_found", "User with this email not found")
            account, link = known, self.links.issue(known, kind)
        landing = self.landing(redirect_to)
        query = urlencode({"token": link.token_hash, "type": kind, "redirect_to": landing})
        return shapes.generated_link(account, link, f"{self.public_url}/auth/v1/verify?{query}", landing)

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

    def landing(self, redirect_to: str | None) -> str:
        """Only pages on this machine: a link carries the right to set a password."""
        if redirect_to is None:
            return self.site_url
        parts = urlsplit(redirect_to)
        ours = parts.scheme in {"http", "https"} and parts.hostname is not None and is_loopback(parts.hostname)
        return redirect_to if ours else self.site_url

    # Shared

    def _start_session(self, account: Account, method: str) -> Json:
        account = self._alive(account)
        account = self.accounts.save(replace(account, last_sign_in_at=self.now()))
        return self._session(account, self.sessions.start(account.id, method))

    def _session(self, account: Account, session: Session) -> Json:
        now = self.now()
        seconds = int(self.signer.lifetime.total_seconds())
        return shapes.session(account, session, self.signer.sign(account, session, now), seconds, now)

    def _alive(self, account: Account | None) -> Account:
        if account is None:
            raise errors.refresh_token_not_found()
        if account.banned_until is not None and account.banned_until > self.now():
            raise errors.user_banned()
        return account


def merged(old: Metadata, changes: Metadata) -> Metadata:
    """Metadata with changes laid over it; null removes a key."""
    return {key: value for key, value in (old | changes).items() if value is not None}
