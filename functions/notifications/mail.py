"""The mail of a notification: plain text and HTML with the same content. Pure.

Mail clients know no style sheets, so the HTML is a table with inline styles. All text of others is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any
from uuid import UUID

from functions.common.mail_page import MAIL_FONT, mail_page
from functions.common.notification_types import NotificationType
from functions.common.unsubscribe_link import fill_in_link
from functions.notifications.content import Content

MAX_SUBJECT = 150
_FOOTER = "You get this mail because a notification channel of your Metrica account sends incidents to it."


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom a mail goes, and as which delivery.

    Attributes:
        delivery_id: makes the Message-ID, which is the same in each attempt.
        created_at: when the notification was composed.
        sender: address of the sender, with or without a name.
        recipient: address of the recipient.
    """

    delivery_id: UUID
    created_at: datetime
    sender: str
    recipient: str


def make_mail(content: Content, envelope: Envelope, dashboard_url: str) -> EmailMessage:
    """Return the mail of a notification about incidents, or of a test.

    Args:
        content: the content of the notification.
        envelope: from whom to whom it goes.
        dashboard_url: the pages in which channels are changed.
    """
    kind, incidents = content["type"], content["data"].get("incidents", [])
    return _make(
        envelope,
        _subject(kind, incidents),
        _text(kind, incidents, dashboard_url),
        _html(kind, incidents, dashboard_url),
    )


def make_report_mail(content: Content, envelope: Envelope, *, post_url: str, page_url: str) -> EmailMessage:
    """Return the mail of a report, which mail programs (RFC 8058) and people can unsubscribe from.

    Args:
        content: the content of the notification: `subject`, `text` and `html`.
        envelope: from whom to whom it goes.
        post_url: the address that a mail program posts to.
        page_url: the page on which a person unsubscribes.
    """
    link = f'<a href="{escape(page_url)}" style="color:#475569">Unsubscribe</a>'
    text = fill_in_link(content["text"], f"Unsubscribe: {page_url}")
    mail = _make(envelope, content["subject"], text, fill_in_link(content["html"], link))
    mail["List-Unsubscribe"] = f"<{post_url}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def _make(envelope: Envelope, subject: str, text: str, html: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = envelope.sender
    mail["To"] = envelope.recipient
    mail["Subject"] = " ".join(subject.split())[:MAX_SUBJECT]  # a header has no line breaks
    mail["Date"] = format_datetime(envelope.created_at)
    domain = parseaddr(envelope.sender)[1].rpartition("@")[2]
    mail["Message-ID"] = f"<{envelope.delivery_id}@{domain}>"
    # Amazon SES replaces the Message-ID.
    mail["X-Metrica-Delivery-Id"] = str(envelope.delivery_id)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    return mail


def _subject(kind: str, incidents: list[dict[str, Any]]) -> str:
    if kind == NotificationType.TEST.value:
        return "Metrica: test of a notification channel"
    if len(incidents) == 1:
        return f"{_place(incidents[0])}: {_headline(incidents[0])}"
    stores = list(dict.fromkeys(incident["store_name"] or "Metrica" for incident in incidents))
    place = stores[0] if len(stores) == 1 else f"{len(stores)} stores"
    return f"{place}: {len(incidents)} changes of incidents"


def _headline(incident: dict[str, Any]) -> str:
    return incident["title"] if incident["event"] == "opened" else f"{incident['title']} – ended"


def _place(incident: dict[str, Any]) -> str:
    return ", ".join(name for name in (incident["store_name"], incident["camera_name"]) if name) or "Metrica"


def _when(incident: dict[str, Any]) -> str:
    begun = f"since {_clock(incident['started_at'])}"
    return begun if incident["event"] == "opened" else f"{begun} until {_clock(incident['closed_at'])}"


def _clock(text: str) -> str:
    at = datetime.fromisoformat(text)
    return f"{at:%Y-%m-%d %H:%M} (UTC{at:%z})"


def _text(kind: str, incidents: list[dict[str, Any]], dashboard_url: str) -> str:
    if kind == NotificationType.TEST.value:
        parts = ["This is the test of a notification channel. Nothing is wrong."]
    else:
        parts = [
            "\n".join(
                [
                    f"{_headline(incident)}: {_place(incident)}",
                    _when(incident),
                    *([incident["detail"], incident["remedy"]] if incident["event"] == "opened" else []),
                ]
            )
            for incident in incidents
        ]
    return "\n\n".join([*parts, f"{_FOOTER}\n{dashboard_url}"]) + "\n"


def _html(kind: str, incidents: list[dict[str, Any]], dashboard_url: str) -> str:
    if kind == NotificationType.TEST.value:
        rows = _row("Test of a notification channel", "#1d4ed8", ["Nothing is wrong."])
    else:
        rows = "".join(_incident_row(incident) for incident in incidents)
    link = f'<a href="{escape(dashboard_url)}" style="color:#475569">{escape(dashboard_url)}</a>'
    return mail_page(rows, f"{escape(_FOOTER)}<br>{link}")


def _incident_row(incident: dict[str, Any]) -> str:
    if incident["event"] == "closed":
        return _row(_headline(incident), "#15803d", [_place(incident), _when(incident)])
    color = "#b91c1c" if incident["severity"] == "critical" else "#b45309"
    lines = [_place(incident), _when(incident), incident["detail"], incident["remedy"]]
    return _row(_headline(incident), color, lines)


def _row(title: str, color: str, lines: list[str]) -> str:
    text = "<br>".join(escape(line) for line in lines)
    return (
        f'<tr><td style="{MAIL_FONT}padding:16px;border-bottom:1px solid #cbd5e1;border-left:6px solid {color}">'
        f'<div style="font-size:16px;line-height:24px;font-weight:bold;color:{color}">{escape(title)}</div>'
        f'<div style="font-size:14px;line-height:21px;color:#0f172a;word-break:break-word">{text}</div></td></tr>'
    )
