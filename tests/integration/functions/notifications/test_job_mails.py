"""The mails of the notifications Lambda, on a real mail server: headers, text, and a server that is down."""

from __future__ import annotations

from functions.common.settings import load_settings
from tests.integration.functions.notifications.incident_shop import MINUTE, NOON, Mailbox, Shop


def test_a_mail_has_the_delivery_id_plain_text_and_escaped_html(shop: Shop, mailbox: Mailbox) -> None:
    shop.connection.execute("UPDATE cameras SET name = '<b>Door</b>' WHERE id = %s", [shop.camera_id])
    channel = shop.add_channel()
    incident = shop.add_incident(detail="2 < 3 & <script>alert(1)</script>")
    shop.run(NOON)
    shop.run(NOON + 10 * MINUTE)
    (mail,) = mailbox.mails()
    row = shop.connection.execute("SELECT id FROM notifications WHERE channel_id = %s", [channel]).fetchone()
    assert row is not None
    assert (mail["To"], mail["From"]) == (shop.email, "Metrica <metrica@example.org>")
    assert mail["Subject"] == "Bar & Söhne, <b>Door</b>: Camera offline"
    assert mail["Message-ID"] == f"<{row[0]}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines()[:4] == [
        "Camera offline: Bar & Söhne, <b>Door</b>",
        "since 2026-11-25 11:48 (UTC+0100)",
        "2 < 3 & <script>alert(1)</script>",
        "Check its power and its network.",
    ]
    markup = html.get_content()
    assert "<script" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in markup
    assert "Bar &amp; Söhne, &lt;b&gt;Door&lt;/b&gt;" in markup
    shop.end(incident, NOON + 20 * MINUTE)
    for minute in (20, 30):
        shop.run(NOON + minute * MINUTE)
    assert mailbox.mails()[1]["Subject"] == "Bar & Söhne, <b>Door</b>: Camera offline – ended"


def test_a_name_with_a_line_break_adds_no_header(shop: Shop, mailbox: Mailbox) -> None:
    shop.connection.execute("UPDATE stores SET name = %s WHERE id = %s", ["Bar\r\nBcc: all@example.org", shop.store_id])
    shop.add_channel()
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    (mail,) = mailbox.mails()
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Bar Bcc: all@example.org, Door: Camera offline"


def test_a_mail_server_that_is_down_is_tried_again_with_the_same_message_id(shop: Shop, mailbox: Mailbox) -> None:
    channel = shop.add_channel()
    shop.add_incident()
    shop.run(NOON)
    working, shop.settings = (
        shop.settings,
        load_settings(
            [], {"DATABASE_URL": shop.settings.database_url.reveal(), "MAIL_TRANSPORT": "smtp://127.0.0.1:1"}
        ),
    )
    shop.run(NOON + 10 * MINUTE)
    assert shop.outbox(channel) == [("pending", 1, "The mail server cannot be reached.")]
    shop.settings = working
    shop.run(NOON + 11 * MINUTE)
    assert len(mailbox.mails()) == 1
    assert shop.outbox(channel) == [("delivered", 2, "The mail server accepted the mail.")]


def test_an_account_without_an_address_gets_no_mail_and_the_outbox_says_so(shop: Shop) -> None:
    shop.connection.execute("UPDATE users SET email = '' WHERE id = %s", [shop.owner])
    channel = shop.add_channel()
    shop.add_incident()
    for minute in (0, 10):
        shop.run(NOON + minute * MINUTE)
    assert shop.outbox(channel) == [("failed", 1, "The account has no e-mail address.")]
