"""Mail by Amazon SES, as moto speaks its protocol, and by SMTP."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import boto3
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from functions.notifications.mail import Envelope, make_mail
from functions.notifications.mail_transport import SesTransport, SmtpTransport, make_transport
from functions.notifications.outcome import OutcomeKind
from local.mail.catcher import MAX_MAILS, MailCatcher
from tests.tls import CertificateAuthority

ID = UUID("8b0f6a0c-3d0b-4a53-9a3f-0b3a6d5f1c11")
TEST = {"type": "notifications.test", "version": 1, "timestamp": "2026-11-25T12:00:00+00:00", "data": {}}

MAX_LINE = 998
"""Characters of a line, RFC 5322, section 2.1.1."""


def mail() -> EmailMessage:
    created_at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    envelope = Envelope(ID, created_at, "Metrica <metrica@example.com>", "owner@example.org")
    return make_mail(TEST, envelope, "https://app.example.com")


@pytest.fixture
def ses(aws_account: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> SesTransport:
    """SES in a region of its own, without a verified address."""
    region = "eu-west-1"
    for name, value in {**aws_account, "AWS_REGION": region, "AWS_DEFAULT_REGION": region}.items():
        monkeypatch.setenv(name, value)
    ses_backends[DEFAULT_ACCOUNT_ID][region].reset()
    return SesTransport()


def test_ses_gets_the_whole_mail_with_the_delivery_id(ses: SesTransport) -> None:
    boto3.client("sesv2").create_email_identity(EmailIdentity="metrica@example.com")
    boto3.client("ses").verify_email_identity(EmailAddress="metrica@example.com")
    outcome = ses.send(mail())
    assert (outcome.kind, outcome.detail) == (OutcomeKind.DELIVERED, "Amazon SES accepted the mail.")
    (sent,) = ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sent_messages
    received = message_from_string(sent.raw_data, policy=default)
    assert received["X-Metrica-Delivery-Id"] == str(ID)
    assert received["Message-ID"] == f"<{ID}@example.com>"
    assert received.get_content_type() == "multipart/alternative"


def test_ses_refuses_a_sender_that_is_not_verified_for_good(ses: SesTransport) -> None:
    outcome = ses.send(mail())
    assert (outcome.kind, outcome.detail) == (
        OutcomeKind.PERMANENT,
        "Amazon SES refused the mail (MessageRejected).",
    )


def test_ses_that_cannot_be_reached_is_temporary(monkeypatch: pytest.MonkeyPatch, ses: SesTransport) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    outcome = ses.send(mail())
    assert outcome.kind is OutcomeKind.TEMPORARY
    assert "cannot be reached" in outcome.detail


class Refusing(MailCatcher):
    """A mail server that answers with an error, or hangs up."""

    def __init__(self, folder: Path, answer: str | None) -> None:
        super().__init__(folder)
        self._answer = answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await super().handle_DATA(server, session, envelope)
        if self._answer is None:
            server.transport.abort()
            await asyncio.sleep(0)
        return self._answer or "250 never sent"


@pytest.fixture
def controllers() -> Iterator[list[Controller]]:
    running: list[Controller] = []
    yield running
    for controller in running:
        controller.stop(no_assert=True)


def serve(controllers: list[Controller], handler: MailCatcher) -> SmtpTransport:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controllers.append(Controller(handler, hostname="127.0.0.1", port=port))
    controllers[-1].start()
    return SmtpTransport("127.0.0.1", port)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("250 ok", OutcomeKind.DELIVERED),
        ("451 later", OutcomeKind.TEMPORARY),
        ("550 no such user", OutcomeKind.PERMANENT),
        (None, OutcomeKind.UNKNOWN),
    ],
)
def test_the_outcome_of_an_answer_of_a_mail_server(
    controllers: list[Controller], tmp_path: Path, answer: str | None, kind: OutcomeKind
) -> None:
    assert serve(controllers, Refusing(tmp_path / "mail", answer)).send(mail()).kind is kind


def test_the_mail_catcher_keeps_the_newest_mails_as_files(controllers: list[Controller], tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    for number in range(MAX_MAILS):
        (folder / f"20250101T000000{number:06}-1.eml").touch()
    assert serve(controllers, MailCatcher(folder)).send(mail()).kind is OutcomeKind.DELIVERED
    files = sorted(folder.glob("*.eml"))
    assert len(files) == MAX_MAILS
    assert files[0].name == "20250101T000000000001-1.eml"
    assert f"Message-ID: <{ID}@example.com>".encode() in files[-1].read_bytes()


def test_a_setting_that_is_no_transport_is_refused() -> None:
    for setting in ("smtp", "smtp://host", "smtps://host", "http://127.0.0.1:25"):
        with pytest.raises(ValueError, match="MAIL_TRANSPORT must be ses, none"):
            make_transport(setting)


def test_a_mail_is_at_most_what_smtp_allows_in_a_line() -> None:
    assert max(map(len, mail().as_bytes().splitlines())) <= MAX_LINE


class Logins:
    """Takes one login, and remembers which were tried."""

    def __init__(self) -> None:
        self.tried: list[tuple[bytes, bytes]] = []

    def __call__(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: LoginPassword
    ) -> AuthResult:
        self.tried.append((given.login, given.password))
        is_right = self.tried[-1] == (b"metrica", b"p@ss word")
        return AuthResult(success=is_right, handled=False)


@pytest.fixture(params=["smtps", "smtp+starttls"])
def encrypted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Controller, ssl.SSLContext]]:
    """A mail server with TLS that asks for a login: scheme of its address, the server, and who trusts it."""
    authority = CertificateAuthority(tmp_path, "mail")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.issue("localhost"))
    options: dict[str, Any] = (
        {"ssl_context": context} if request.param == "smtps" else {"tls_context": context, "require_starttls": True}
    )
    controller = Controller(
        MailCatcher(tmp_path / "mails"),
        hostname="localhost",
        port=free_port(),
        authenticator=Logins(),
        auth_required=True,
        auth_exclude_mechanism=["LOGIN"],
        auth_require_tls=request.param != "smtps",  # aiosmtpd does not count TLS from the start
        **options,
    )
    controller.start()
    yield request.param, controller, ssl.create_default_context(cafile=str(authority.certificate_path))
    controller.stop()


def encrypted_transport(scheme: str, port: int, login: str, trusted: ssl.SSLContext) -> SmtpTransport:
    transport = make_transport(f"{scheme}://{login}@localhost:{port}")
    assert isinstance(transport, SmtpTransport)
    transport._context = trusted
    return transport


def test_mail_is_sent_over_tls_after_a_login(encrypted: tuple[str, Controller, ssl.SSLContext], tmp_path: Path) -> None:
    scheme, server, trusted = encrypted
    outcome = encrypted_transport(scheme, server.port, "metrica:p%40ss%20word", trusted).send(mail())
    assert (outcome.kind, outcome.detail) == (OutcomeKind.DELIVERED, "The mail server accepted the mail.")
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 1


def test_a_refused_login_and_an_unknown_certificate_are_temporary(
    encrypted: tuple[str, Controller, ssl.SSLContext],
) -> None:
    scheme, server, trusted = encrypted
    refused = encrypted_transport(scheme, server.port, "metrica:wrong", trusted).send(mail())
    assert (refused.kind, refused.detail) == (OutcomeKind.TEMPORARY, "The mail server refused the login (535).")
    unknown = make_transport(f"{scheme}://metrica:p%40ss%20word@localhost:{server.port}").send(mail())
    assert unknown.kind is OutcomeKind.TEMPORARY
    assert "no certificate that can be trusted" in unknown.detail


def test_an_installation_without_a_mail_server_says_so() -> None:
    outcome = make_transport("none").send(mail())
    assert (outcome.kind, outcome.detail) == (
        OutcomeKind.PERMANENT,
        "This installation has no mail server. Set SMTP_URL.",
    )


@pytest.mark.parametrize("setting", ["smtps://user:hunter2@host", "pop://user:hunter2@host:1", "smtps://hunter2:x"])
def test_a_wrong_setting_is_refused_without_repeating_it(setting: str) -> None:
    with pytest.raises(ValueError, match="MAIL_TRANSPORT must be ses, none") as error:
        make_transport(setting)
    assert "hunter2" not in str(error.value)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
