"""How mail leaves: by Amazon SES in production, by SMTP to the mail catcher of the local stack."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlsplit

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


class MailTransport(Protocol):
    """Sends mail."""

    def send(self, mail: EmailMessage) -> Outcome:
        """Send a mail and return the outcome."""
        ...


def make_transport(setting: str) -> MailTransport:
    """Return the transport that the setting MAIL_TRANSPORT names.

    Args:
        setting: `ses`, or `smtp://host:port` for a server without TLS and authentication on this machine.

    Raises:
        ValueError: the setting is neither.
    """
    if setting == "ses":
        return SesTransport()
    parts = urlsplit(setting)
    if parts.scheme != "smtp" or not parts.hostname or not parts.port:
        raise ValueError(f"MAIL_TRANSPORT is {setting!r}; it must be ses or smtp://host:port.")
    return SmtpTransport(parts.hostname, parts.port)


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


class SmtpTransport:
    """An SMTP server without TLS and authentication: the mail catcher of the local stack."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    def send(self, mail: EmailMessage) -> Outcome:
        """Send a mail and return the outcome."""
        try:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)
        except (OSError, smtplib.SMTPException):
            return Outcome(OutcomeKind.TEMPORARY, "The mail server cannot be reached.")
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


def _smtp_outcome(code: int) -> Outcome:
    kind = OutcomeKind.PERMANENT if 500 <= code < 600 else OutcomeKind.TEMPORARY
    return Outcome(kind, f"The mail server refused the mail ({code}).")
