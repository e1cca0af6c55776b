"""A store whose incidents the job tells about, a mail server and a receiver of webhooks."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from psycopg import sql

from functions.common.database import Database
from functions.common.settings import NOTIFICATIONS_SETTINGS, load_settings
from local.mail.catcher import MailCatcher
from tests.factories import make_camera, make_member, make_store
from tests.integration.functions.notifications.incident_shop import Connection, Mailbox, Shop
from tests.integration.functions.notifications.receiver import Receiver, receiving, respond


@pytest.fixture(scope="module")
def database_url(own_url: str) -> str:
    """A database of the module's own: the job looks at all channels."""
    return own_url


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(MailCatcher(tmp_path / "mail"), hostname="127.0.0.1", port=port)
    controller.start()
    yield Mailbox(tmp_path / "mail", controller)
    controller.stop(no_assert=True)


@pytest.fixture
def shop(connection: Connection, database_url: str, mailbox: Mailbox) -> Iterator[Shop]:
    for table in ("notification_channels", "incidents", "superadmins"):  # of the tests before
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    settings = load_settings(
        NOTIFICATIONS_SETTINGS,
        {
            "METRICA_ENV": "test",
            "DATABASE_URL": database_url,
            "MAIL_TRANSPORT": f"smtp://127.0.0.1:{mailbox.controller.port}",
            "ALLOW_LOCAL_WEBHOOKS": "yes",
            "DASHBOARD_URL": "https://app.example.com",
        },
    )
    store = make_store(connection, name="Bar & Söhne", timezone="Europe/Rome")
    email = f"owner-{uuid4().hex[:8]}@example.org"
    owner = make_member(connection, store, email=email)
    database = Database(settings.database_url)
    yield Shop(connection, database, settings, store, make_camera(connection, store, name="Door"), owner, email)
    database.dispose()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(respond(204)) as running:
        yield running
