"""Webhooks to a real receiver: signed, to checked addresses only, and an outcome for whatever the receiver does."""

from __future__ import annotations

import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from functions.common.secret import Secret
from functions.common.webhook_secret import webhook_secret
from functions.notifications.outcome import Outcome, OutcomeKind
from functions.notifications.webhook import WebhookSender, resolve
from tests.integration.functions.notifications.receiver import Answer, cut, drip, hang, receiving, respond, slowly
from tests.tls import CertificateAuthority

SECRET = webhook_secret(Secret("NOTIFICATION_KEY", "k" * 32), uuid4())
CONTENT: dict[str, Any] = {"type": "incidents.changed", "data": {"detail": "Tür – „zu“"}}
TIMEOUT_S = 0.5


def send(url: str, **sender: Any) -> Outcome:
    made = WebhookSender(**{"allow_local": True, "timeout_s": TIMEOUT_S, **sender})
    return made.send(url, SECRET, uuid4(), CONTENT, datetime.now(UTC))


def test_a_receiver_verifies_the_signature_with_the_library_of_the_specification() -> None:
    delivery_id, now = uuid4(), datetime.now(UTC)
    with receiving(respond(200)) as receiver:
        outcome = WebhookSender(allow_local=True).send(receiver.url, SECRET, delivery_id, CONTENT, now)
    assert outcome.kind is OutcomeKind.DELIVERED
    (request,) = receiver.requests
    assert request.line == "POST /hook?store=1 HTTP/1.1"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == str(delivery_id)
    assert request.headers["webhook-timestamp"] == str(int(now.timestamp()))
    assert Webhook(SECRET).verify(request.body, request.headers) == CONTENT


def test_the_secret_of_each_channel_is_another_one_and_the_same_each_time() -> None:
    key, channel = Secret("NOTIFICATION_KEY", "k" * 32), uuid4()
    assert webhook_secret(key, channel) == webhook_secret(key, channel)
    assert len({webhook_secret(key, channel), webhook_secret(key, uuid4()), SECRET}) == 3


@pytest.mark.parametrize(
    ("answer", "kind", "detail"),
    [
        pytest.param(respond(204), "delivered", "The receiver answered 204 No Content.", id="204 is delivered"),
        pytest.param(
            respond(200, body=b"x" * 1_000_000),
            "delivered",
            "The receiver answered 200 OK.",
            id="a long body is delivered and not read",
        ),
        pytest.param(
            respond(500), "temporary", "The receiver answered 500 Internal Server Error.", id="500 is repeated"
        ),
        pytest.param(respond(503), "temporary", "The receiver answered 503 Service Unavailable.", id="503 is repeated"),
        pytest.param(respond(429), "temporary", "The receiver answered 429 Too Many Requests.", id="429 is repeated"),
        pytest.param(respond(408), "temporary", "The receiver answered 408 Request Timeout.", id="408 is repeated"),
        pytest.param(respond(400), "permanent", "The receiver answered 400 Bad Request.", id="400 has failed"),
        pytest.param(respond(404), "permanent", "The receiver answered 404 Not Found.", id="404 has failed"),
        pytest.param(
            respond(410),
            "gone",
            "The receiver answered 410 Gone; the channel is disabled.",
            id="410 disables the channel",
        ),
        pytest.param(hang, "unknown", "No response in time.", id="a receiver that hangs is an unknown outcome"),
        pytest.param(drip, "unknown", "No response in time.", id="a receiver that is too slow is an unknown outcome"),
        pytest.param(cut, "unknown", "The connection was cut.", id="a cut connection is an unknown outcome"),
        pytest.param(
            lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n"),
            "unknown",
            "The response is not HTTP.",
            id="another protocol is an unknown outcome",
        ),
    ],
)
def test_the_outcome_of_an_answer(answer: Answer, kind: str, detail: str) -> None:
    begun = time.monotonic()
    with receiving(answer) as receiver:
        outcome = send(receiver.url)
    assert (outcome.kind.value, outcome.detail) == (kind, detail)
    assert len(receiver.requests) == 1
    assert time.monotonic() - begun < 20 * TIMEOUT_S  # those who hang or drip go on for twice as long


def test_a_slow_receiver_that_answers_in_time_has_got_it() -> None:
    with receiving(slowly(respond(204), seconds=1)) as receiver:
        outcome = send(receiver.url, timeout_s=30)
    assert outcome == Outcome(OutcomeKind.DELIVERED, "The receiver answered 204 No Content.")


def test_a_receiver_may_say_when_to_try_again() -> None:
    with receiving(respond(503, "Retry-After: 120")) as receiver:
        assert send(receiver.url).retry_after == timedelta(minutes=2)
    with receiving(respond(503, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT")) as receiver:
        assert send(receiver.url).retry_after is None


def test_a_redirect_to_this_machine_is_not_followed() -> None:
    with (
        receiving(respond(200)) as inner,
        receiving(respond(302, f"Location: http://127.0.0.1:{inner.port}/admin")) as receiver,
    ):
        outcome = send(receiver.url)
    assert outcome.kind is OutcomeKind.PERMANENT
    assert outcome.detail.endswith("302 Found. Redirects are not followed: set the final address.")
    assert inner.connections == 0


def test_a_receiver_that_does_not_listen_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = send(f"http://127.0.0.1:{port}/")
    assert (outcome.kind, outcome.detail) == (OutcomeKind.TEMPORARY, "No connection: Connection refused.")


def test_a_name_that_does_not_resolve_is_temporary() -> None:
    outcome = send("https://no-such-name.example/", resolver=resolve)
    assert (outcome.kind, outcome.detail) == (
        OutcomeKind.TEMPORARY,
        "The name no-such-name.example cannot be resolved.",
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::ffff:127.0.0.1", "fd00:ec2::254"])
def test_a_name_that_leads_to_a_private_address_is_refused_before_any_connection(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    for addresses in ([address], ["93.184.215.14", address]):
        outcome = send("https://shop.example/hook", resolver=lambda *_, found=addresses: found)
        assert outcome == Outcome(
            OutcomeKind.PERMANENT, f"The name shop.example leads to {address}, which is no public address."
        )


def test_a_name_that_changes_its_address_after_the_check_leads_nowhere_else() -> None:
    """DNS rebinding: the name is looked up once, and the connection goes to the address that was checked."""
    with receiving(respond(200)) as inner:
        looked_up: list[str] = []

        def rebinding(_host: str, _port: int) -> list[str]:
            looked_up.append("93.184.215.14" if not looked_up else "127.0.0.1")
            return looked_up[-1:]

        outcome = send(f"https://shop.example:8443/{inner.port}", resolver=rebinding)
    assert outcome.kind is OutcomeKind.TEMPORARY  # 93.184.215.14 has no receiver for us
    assert looked_up == ["93.184.215.14"]
    assert inner.connections == 0


def test_the_address_is_checked_again_once_the_connection_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that sends the packets for a public address to this machine: transparent proxies do."""
    with receiving(respond(200)) as inner:
        real = socket.create_connection
        monkeypatch.setattr(
            socket, "create_connection", lambda _address, timeout: real(("127.0.0.1", inner.port), timeout)
        )
        outcome = send("https://shop.example/hook", resolver=lambda *_: ["93.184.215.14"])
    assert outcome.kind is OutcomeKind.PERMANENT
    assert "leads to 127.0.0.1" in outcome.detail
    assert inner.requests == []


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> CertificateAuthority:
    return CertificateAuthority(tmp_path_factory.mktemp("authority"), "receivers")


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_the_certificate_must_be_of_the_name_and_of_a_trusted_authority(authority: CertificateAuthority) -> None:
    trusting = ssl.create_default_context(cafile=str(authority.certificate_path))
    with receiving(respond(200), tls=server_context(authority.issue("localhost"))) as receiver:
        url = f"https://localhost:{receiver.port}/hook"
        assert send(url, tls=trusting).kind is OutcomeKind.DELIVERED
        assert receiver.requests[0].headers["host"] == f"localhost:{receiver.port}"
        untrusted = send(url)
        assert untrusted.kind is OutcomeKind.TEMPORARY
        assert untrusted.detail.startswith("The certificate is not valid: unable to get local issuer certificate")
    with receiving(respond(200), tls=server_context(authority.issue("other.example"))) as receiver:
        other = send(f"https://localhost:{receiver.port}/hook", tls=trusting)
        assert other.detail.startswith("The certificate is not valid: Hostname mismatch")
        assert receiver.requests == []


def test_a_receiver_that_speaks_no_tls_is_temporary() -> None:
    with receiving(hang) as receiver:
        outcome = send(f"https://127.0.0.1:{receiver.port}/hook")
    assert (outcome.kind, outcome.detail) == (
        OutcomeKind.TEMPORARY,
        "The receiver does not speak TLS, or not in time.",
    )
