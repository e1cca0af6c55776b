"""What there is at a moment: incidents in the database, requests at the receivers of webhooks, files of mails.

Each is one line of text, such as `Kanal 2026-10-13 11:20 mail ben: Kanal, Door: Camera moved`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from functions.common.incidents import INCIDENT_TITLES, IncidentType
from tests.integration.functions.notifications.receiver import Request
from tests.integration.functions.time_travel.stores import ZONES, Stores


@dataclass(frozen=True, order=True)
class Entry:
    """Something that happened.

    Attributes:
        at: when, aware, UTC.
        text: the store and what happened.
    """

    at: datetime
    text: str

    def __str__(self) -> str:
        store = self.text.partition(" ")[0]
        at = self.at.astimezone(ZONES.get(store, ZoneInfo("UTC")))
        return f"{at:%a %Y-%m-%d %H:%M %Z}  {self.text}"


@dataclass
class Observer:
    """Reads what there is. Files of mails and requests do not change, so each is read once."""

    stores: Stores
    statuses: Mapping[str, list[int]]
    _mails: dict[str, Entry] = field(default_factory=dict)

    def entries(self) -> Counter[Entry]:
        """Return all that has happened."""
        return Counter([*self._incidents(), *self._webhooks(), *self._read_mails()])

    def open_incidents(self) -> int:
        """Return the number of open incidents."""
        row = self.stores.backend.database.execute(
            "SELECT count(*) FROM incidents WHERE opened_at IS NOT NULL AND closed_at IS NULL"
        ).fetchone()
        assert row is not None
        return int(row[0])

    def _incidents(self) -> list[Entry]:
        rows = self.stores.backend.database.execute(
            "SELECT i.type, s.name, c.name, i.opened_at, i.closed_at FROM incidents i LEFT JOIN stores s"
            " ON s.id = i.store_id LEFT JOIN cameras c ON c.id = i.camera_id WHERE i.opened_at IS NOT NULL"
        ).fetchall()
        found = []
        for kind, store, camera, opened_at, closed_at in rows:
            what = ", ".join(filter(None, [INCIDENT_TITLES[IncidentType(kind)], camera]))
            found.append(Entry(opened_at.astimezone(UTC), f"{store or 'Database'} incident opens: {what}"))
            if closed_at is not None:
                found.append(Entry(closed_at.astimezone(UTC), f"{store or 'Database'} incident closes: {what}"))
        return found

    def _webhooks(self) -> list[Entry]:
        found = []
        for person, hook in self.stores.hooks.items():
            for request, status in zip(list(hook.requests), self.statuses[person], strict=False):
                found.append(_webhook(person, request, status))
        return found

    def _read_mails(self) -> list[Entry]:
        for file in self.stores.backend.settings.mail_folder.glob("*.eml"):
            if file.name not in self._mails:
                self._mails[file.name] = _mail(file)
        return list(self._mails.values())


def _webhook(person: str, request: Request, status: int) -> Entry:
    incidents = json.loads(request.body)["data"]["incidents"]
    stores = {incident["store_name"] or "Database" for incident in incidents}
    told = [
        " ".join(filter(None, [incident["title"], incident["event"]]))
        + (f" ({incident['camera_name']})" if incident["camera_name"] else "")
        for incident in incidents
    ]
    answered = "" if status == 204 else f", answered {status}"
    at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
    return Entry(at, f"{' and '.join(sorted(stores))} webhook {person}{answered}: {', '.join(told)}")


def _mail(file: Path) -> Entry:
    mail = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=default)
    at = datetime.strptime(file.name.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    person = str(mail["To"]).partition("@")[0]
    subject = str(mail["Subject"])
    store = re.split(r"[:,]", subject)[0]
    body = mail.get_body(("plain",))
    assert body is not None
    text = str(body.get_content()).replace("\r\n", "\n")
    parts = [subject]
    if " report, " in subject:
        parts += _report_details(text)
    else:
        parts += re.findall(r"^.*: (?=\S+, \S+$)", text, re.MULTILINE) if "changes of incidents" in subject else []
    return Entry(at, f"{store} mail {person}: {'; '.join(part.strip(' :') for part in parts)}")


def _report_details(text: str) -> list[str]:
    visitors = re.search(r"^Visitors: (.*)$", text, re.MULTILINE)
    assert visitors is not None
    found = [f"{visitors[1].partition(' (')[0]} visitors"]
    blocks = text.split("\n\n")
    found += blocks[2].splitlines()
    for block in blocks[3:]:
        if re.match(r"\d{4}-\d\d-\d\d: ", block):
            found += block.splitlines()
        if block.startswith("Incidents:"):
            found += block.splitlines()[1:]
    return [line.strip().rstrip(".") for line in found if line.strip()]
