"""The place of the link in a stored report with which a reader ends the subscription.

The outbox has no tokens, so the link is filled in when the mail is sent.
"""

from __future__ import annotations

UNSUBSCRIBE_LINK = "{{unsubscribe_link}}"


def fill_in_link(report: str, link: str) -> str:
    """Return the text or the HTML of a report with its link.

    Args:
        report: the stored text or HTML.
        link: what to write in its place, in the same format.
    """
    return report.replace(UNSUBSCRIBE_LINK, link)
