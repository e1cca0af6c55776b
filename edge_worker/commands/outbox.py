"""Show what waits for the backend and what it refused; queue refused events again, or give them up."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from edge_worker.commands import Subparsers

if TYPE_CHECKING:
    from edge_worker.outbox.sqlite_outbox import SqliteOutbox


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the subcommand."""
    parser = subparsers.add_parser("outbox", help=(__doc__ or "").splitlines()[0], description=__doc__)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, summary, run in (
        ("status", "how many events wait, since when, and how many were refused", status),
        ("dead", "the events that the backend refused permanently, with the reason", dead),
        ("retry", "queue refused events again, unchanged (a running worker sends them)", retry),
        ("discard", "give refused events up for good: the backend no longer waits for them", discard),
    ):
        action = actions.add_parser(name, help=summary, description=summary)
        where = action.add_mutually_exclusive_group()
        where.add_argument("--outbox", type=Path, metavar="FILE", help="the outbox (METRICA_OUTBOX)")
        where.add_argument("--camera", metavar="UUID", help="the camera whose outbox is in its default place")
        action.add_argument("--json", action="store_true", help="as JSON")
        if name == "retry":
            action.add_argument("event_ids", nargs="*", metavar="EVENT_ID", help="the events to queue again (all)")
        if name == "discard":
            action.add_argument("event_ids", nargs="+", metavar="EVENT_ID", help="the events to give up")
        action.set_defaults(run=run)


def status(arguments: argparse.Namespace) -> int:
    """Print how much waits and how much was refused."""
    with _open(arguments) as outbox:
        backlog = outbox.backlog()
    if arguments.json:
        print(json.dumps({"outbox": str(outbox.path), **asdict(backlog)}))
        return 0
    print(f"outbox     {outbox.path}")
    print(f"waiting    {backlog.events}" + (f" (oldest {backlog.oldest})" if backlog.oldest else ""))
    print(f"refused    {backlog.dead}" + (" (metrica-edge outbox dead shows why)" if backlog.dead else ""))
    print(f"minutes    {backlog.minutes}")
    print(f"delivered  {backlog.delivered}")
    return 0


def dead(arguments: argparse.Namespace) -> int:
    """Print the refused events."""
    with _open(arguments) as outbox:
        letters = outbox.dead_letters()
    if arguments.json:
        print(
            json.dumps(
                [{**asdict(letter.event), "reason": letter.reason, "refused_at": letter.at} for letter in letters]
            )
        )
        return 0
    for letter in letters:
        event = letter.event
        print(f"{event.ts}  {event.direction:3}  {letter.reason:18}  {event.event_id}")
    if not letters:
        print("no event was refused")
    return 0


def retry(arguments: argparse.Namespace) -> int:
    """Queue refused events again; without event ids the refused minutes of coverage too."""
    with _open(arguments) as outbox:
        events = outbox.retry_dead_letters(arguments.event_ids or None)
        minutes = 0 if arguments.event_ids else outbox.retry_refused_minutes()
    if arguments.json:
        print(json.dumps({"revived": events, "minutes": minutes}))
    else:
        print(f"{events} events and {minutes} minutes of coverage are queued again")
    return 0


def discard(arguments: argparse.Namespace) -> int:
    """Remove refused events for good."""
    with _open(arguments) as outbox:
        count = outbox.discard_dead_letters(arguments.event_ids)
    print(json.dumps({"discarded": count}) if arguments.json else f"{count} refused events are discarded")
    return 0


def _open(arguments: argparse.Namespace) -> SqliteOutbox:
    """Open the outbox, which must exist: showing an outbox must not create one."""
    from edge_worker.errors import UsageError
    from edge_worker.outbox.errors import OutboxUnusableError
    from edge_worker.outbox.sqlite_outbox import SqliteOutbox
    from edge_worker.running.options import default_outbox, parse_uuid

    path = arguments.outbox or (None if arguments.camera else os.environ.get("METRICA_OUTBOX"))
    if path is None:
        camera = arguments.camera or os.environ.get("METRICA_CAMERA_ID")
        if not camera:
            raise UsageError("the outbox is missing: give --outbox FILE or --camera UUID")
        path = default_outbox(parse_uuid(camera, "the camera"), os.environ)
    path = Path(path).expanduser()
    if not path.is_file():
        raise OutboxUnusableError(f"there is no outbox {path}")
    return SqliteOutbox.open(path)
