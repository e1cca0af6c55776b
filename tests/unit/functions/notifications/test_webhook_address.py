"""Which URLs and addresses a webhook may have."""

from __future__ import annotations

import pytest

from functions.common.webhook_address import (
    WebhookUrlError,
    check_webhook_url,
    is_allowed_address,
    is_public_address,
)


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://example.com", "example.com", "/"),
        ("https://Hooks.Example.com/a/b?token=x", "hooks.example.com", "/a/b?token=x"),
        ("https://example.com:8443/hook", "example.com:8443", "/hook"),
        ("https://example.com:443/hook", "example.com", "/hook"),
        ("https://xn--bcher-kva.example/x", "xn--bcher-kva.example", "/x"),
    ],
)
def test_a_public_https_url_is_allowed(url: str, authority: str, path: str) -> None:
    checked = check_webhook_url(url, allow_local=False)
    assert (checked.authority, checked.path, checked.is_tls) == (authority, path, True)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://example.com/hook", "https://"),
        ("ftp://example.com/hook", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https://127.0.0.1/hook", "public host"),
        ("https://[::1]/hook", "public host"),
        ("https://0x7f000001/hook", "public host"),
        ("https://2130706433/hook", "public host"),
        ("https://127.1/hook", "public host"),
        ("https://169.254.169.254/latest/meta-data", "public host"),
        ("https://localhost/hook", "public host"),
        ("https://intranet/hook", "public host"),
        ("https://db.internal/hook", "public host"),
        ("https://printer.local/hook", "public host"),
        ("https://example.com./hook", "public host"),
        ("https://exämple.com/hook", "printable ASCII"),
        ("https://example.com:22/", "ports 443, 8443"),
        ("https://example.com:99999/", "Is not a URL"),
        ("https://user:secret@example.com/", "user name"),
        ("https://example.com@127.0.0.1/", "user name"),
        ("https://example.com/#part", "fragment"),
        ("https://example.com/a b", "printable ASCII"),
        ("https://example.com/\r\nHost: evil", "printable ASCII"),
        ("https://example.com\\@127.0.0.1/", "printable ASCII"),
        ("https:///hook", "public host"),
        ("https://example.com/" + "a" * 2048, "2048"),
        ("", "printable ASCII"),
    ],
)
def test_another_url_is_refused_with_a_sentence(url: str, message: str) -> None:
    with pytest.raises(WebhookUrlError, match=message):
        check_webhook_url(url, allow_local=False)


def test_this_machine_is_allowed_in_development_only() -> None:
    url = "http://127.0.0.1:9000/hook"
    checked = check_webhook_url(url, allow_local=True)
    assert (checked.authority, checked.is_tls, checked.is_local) == ("127.0.0.1:9000", False, True)
    assert is_allowed_address("127.0.0.1", checked)
    assert not is_allowed_address("10.0.0.1", checked)
    for other in ("http://10.0.0.1/hook", "http://192.168.0.1/hook", "http://example.com/hook"):
        with pytest.raises(WebhookUrlError):
            check_webhook_url(other, allow_local=True)
    assert not is_allowed_address("127.0.0.1", check_webhook_url("https://example.com", allow_local=True))


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:93.184.215.14"])
def test_an_address_of_the_public_internet(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - refused
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:0:7f00:1::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "nonsense",
        "",
    ],
)
def test_an_address_that_no_webhook_reaches(address: str) -> None:
    assert not is_public_address(address)
