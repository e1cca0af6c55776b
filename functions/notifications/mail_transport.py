"""How mail leaves: by Amazon SES, by an SMTP server, or not at all."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from functions.notifications.outcome import Outcome, OutcomeKind

TIMEOUT_S = 10.0

# Errors of SES that an administrator or time removes. Its other errors with a status of 400 are about the mail itself.
_TEMPORARY_SES_ERRORS = frozenset(
    {
        "AccountSuspendedException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "SendingPausedException",
        "ThrottlingException",
        "TooManyRequestsException",
        "AccessDeniedException",
    }
)


class Encryption(StrEnum):
    """How the connection to an SMTP server is encrypted."""

    NONE = "none"
    TLS = "tls"
    STARTTLS = "starttls"


_ENCRYPTION = {"smtp": Encryption.NONE, "smtps": Encryption.TLS, "smtp+starttls": Encryption.STARTTLS}


class MailTransport(Protocol):
    """Sends mail."""

    def send(self, mail: EmailMessage) -> Outcome:
        """Send a mail and return the outcome."""
        ...


def make_transport(setting: str) -> MailTransport:
    """Return the transport that the setting MAIL_TRANSPORT names.

    Args:
        setting: `ses`; `none`; `smtps://user:password@host:465` for TLS from the start;
            `smtp+starttls://user:password@host:587` for TLS by STARTTLS, which is required; or `smtp://host:port` for a
            server without TLS and authentication on this machine. User and password are percent-encoded.

    Raises:
        ValueError: the setting is none of these. The message does not repeat it: it may contain a password.
    """
    if setting == "ses":
        return SesTransport()
    if setting == "none":
        return NoTransport()
    try:
        parts = urlsplit(setting)
        encryption = _ENCRYPTION.get(parts.scheme)
        has_address = bool(parts.hostname and parts.port)
    except ValueError:  # a port that is no number, an incomplete IPv6 address
        encryption, has_address = None, False
    if encryption is None or not has_address:
        raise ValueError(
            "MAIL_TRANSPORT must be ses, none, smtps://user:password@host:port, "
            "smtp+starttls://user:password@host:port or smtp://host:port."
        )
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return SmtpTransport(str(parts.hostname), int(parts.port or 0), encryption, login)


class SesTransport:
    """Amazon SES, in the region of the Lambda."""

    @cached_property
    def _client(self) -> Any:
        import boto3
        from botocore.config import Config

        # Our outbox repeats. A repetition inside boto3 would repeat what may have arrived.
        config = Config(
            connect_timeout=TIMEOUT_S, read_timeout=TIMEOUT_S, retries={"total_max_attempts": 1, "mode": "standard"}
        )
        return boto3.client("sesv2", config=config)

    def send(self, mail: EmailMessage) -> Outcome:
        """Send a mail and return the outcome."""
        from botocore.exceptions import (
            BotoCoreError,
            ClientError,
            ConnectTimeoutError,
            EndpointConnectionError,
            NoCredentialsError,
        )

        try:
            self._client.send_email(
                FromEmailAddress=mail["From"],
                Destination={"ToAddresses": [mail["To"]]},
                Content={"Raw": {"Data": mail.as_bytes(policy=SMTP)}},
            )
        except ClientError as error:
            return _ses_outcome(error.response)
        except (ConnectTimeoutError, EndpointConnectionError, NoCredentialsError) as error:
            return Outcome(OutcomeKind.TEMPORARY, f"Amazon SES cannot be reached ({type(error).__name__}).")
        except BotoCoreError as error:
            return Outcome(OutcomeKind.UNKNOWN, f"Amazon SES did not answer ({type(error).__name__}).")
        return Outcome(OutcomeKind.DELIVERED, "Amazon SES accepted the mail.")


def _ses_outcome(response: dict[str, Any]) -> Outcome:
    code = str(response.get("Error", {}).get("Code", "unknown"))
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    is_temporary = code in _TEMPORARY_SES_ERRORS or not 400 <= status < 500
    kind = OutcomeKind.TEMPORARY if is_temporary else OutcomeKind.PERMANENT
    return Outcome(kind, f"Amazon SES refused the mail ({code}).")


class NoTransport:
    """For an installation without a mail server: every mail fails, with a reason that its owner reads."""

    def send(self, _mail: EmailMessage) -> Outcome:
        """Return the outcome."""
        return Outcome(OutcomeKind.PERMANENT, "This installation has no mail server. Set SMTP_URL.")


class SmtpTransport:
    """An SMTP server.

    Args:
        host: name or address of the server. With TLS, its certificate must be for this name.
        port: port of the server.
        encryption: how the connection is encrypted.
        login: user and password, or None.
        context: certificate authorities; by default those of the system.
    """

    def __init__(
        self,
        host: str,
        port: int,
        encryption: Encryption = Encryption.NONE,
        login: tuple[str, str] | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._encryption, self._login, self._context = host, port, encryption, login, context

    def send(self, mail: EmailMessage) -> Outcome:
        """Send a mail and return the outcome."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return _connection_outcome(error)
        try:
            server.send_message(mail, parseaddr(mail["From"])[1], [mail["To"]])
        except smtplib.SMTPRecipientsRefused as error:
            (code, _), *_ = error.recipients.values()
            return _smtp_outcome(code)
        except smtplib.SMTPResponseException as error:
            return _smtp_outcome(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            return Outcome(OutcomeKind.UNKNOWN, "The connection to the mail server was cut.")
        finally:
            server.close()
        return Outcome(OutcomeKind.DELIVERED, "The mail server accepted the mail.")

    def _connect(self) -> smtplib.SMTP:
        if self._encryption is Encryption.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=TIMEOUT_S, context=self._tls_context()
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)
        try:
            if self._encryption is Encryption.STARTTLS:
                server.starttls(context=self._tls_context())
            if self._login is not None:
                server.login(*self._login)
        except BaseException:
            server.close()
            raise
        return server

    def _tls_context(self) -> ssl.SSLContext:
        return self._context or ssl.create_default_context()


def _connection_outcome(error: OSError | smtplib.SMTPException) -> Outcome:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Outcome(OutcomeKind.TEMPORARY, f"The mail server refused the login ({error.smtp_code}).")
    if isinstance(error, ssl.SSLError):
        return Outcome(OutcomeKind.TEMPORARY, "The mail server has no certificate that can be trusted.")
    return Outcome(OutcomeKind.TEMPORARY, "The mail server cannot be reached.")


def _smtp_outcome(code: int) -> Outcome:
    kind = OutcomeKind.PERMANENT if 500 <= code < 600 else OutcomeKind.TEMPORARY
    return Outcome(kind, f"The mail server refused the mail ({code}).")
