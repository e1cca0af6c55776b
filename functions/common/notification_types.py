"""The kinds and scopes of notification channels, and the types of notifications."""

from __future__ import annotations

from enum import StrEnum


class ChannelKind(StrEnum):
    """How a channel delivers. A mail goes to the address of the account."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class ChannelScope(StrEnum):
    """Whose incidents a channel tells. ``installation``: all stores, keys and database jobs; superadmins only."""

    STORE = "store"
    OWN_STORES = "own_stores"
    INSTALLATION = "installation"


class NotificationType(StrEnum):
    """What a notification is about: the member `type` of its content."""

    INCIDENTS_CHANGED = "incidents.changed"
    TEST = "notifications.test"
    REPORT = "reports.period"
