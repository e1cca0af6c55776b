"""Recover what a damaged outbox contains: every row whose own bytes are readable.

A damaged field is taken from elsewhere where the file has it twice: the ids and times of events are in indexes too, and
all events of an outbox are usually of one camera and one store.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edge_worker.clock import parse_utc
from edge_worker.crossing import Direction
from edge_worker.outbox.page_scan import Row, Value, scan_rows
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION, CachedConfig, DeadLetter, Event, Minute
from edge_worker.outbox.schema import PAGE_BYTES, minute_from_row
from edge_worker.outbox.transfer import Portion

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIRECTION_BY_LENGTH = {2: Direction.IN, 3: Direction.OUT}
_MAX_FRAMES = 100_000
"""More frames in a minute than any camera sends: a damaged number."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What could be read.

    Attributes:
        portion: Events, minutes, dead letters and totals. Delivered events may be among the events: sending them again
            changes nothing.
        configs: (camera id, config) of the cached configs.
        instance_id: The id of the outbox; None if it cannot be read.
    """

    portion: Portion
    configs: Sequence[tuple[str, CachedConfig]] = ()
    instance_id: str | None = None


@dataclass(slots=True)
class _Rows:
    """The rows of a file by table; index entries by rowid."""

    events: list[Row] = field(default_factory=list)
    dead_letters: list[Row] = field(default_factory=list)
    minutes: list[Minute] = field(default_factory=list)
    totals: dict[str, tuple[int, int]] = field(default_factory=dict)
    configs: list[tuple[str, CachedConfig]] = field(default_factory=list)
    delivered: int = 0
    instance_id: str | None = None
    ids: dict[int, str] = field(default_factory=dict)
    times: dict[int, str] = field(default_factory=dict)


def recover(path: Path) -> Recovered:
    """Return what can be read of a damaged outbox; nothing of a file that cannot be read at all."""
    rows = _Rows()
    try:
        for row in scan_rows(path, PAGE_BYTES):
            _sort_in(rows, row)
    except OSError:
        return Recovered(Portion())
    cameras = _most_common(row.values[2] for row in (*rows.events, *rows.dead_letters)) + Counter(list(rows.totals))
    stores = _most_common(row.values[3] for row in (*rows.events, *rows.dead_letters))
    letters: dict[str, DeadLetter] = {}
    for row in rows.dead_letters:
        letter = _dead_letter(row, cameras, stores)
        if letter is not None:
            letters[letter.event.event_id] = letter
    events: dict[str, Event] = {}
    for row in rows.events:
        event = _event(row, cameras, stores, rows)
        if event is not None and event.event_id not in letters:
            events[event.event_id] = event
    waiting = [*events.values(), *(letter.event for letter in letters.values())]
    portion = Portion(
        events=list(events.values()),
        minutes=_largest(rows.minutes),
        dead_letters=list(letters.values()),
        totals=_totals(rows.totals, waiting),
        delivered=rows.delivered,
    )
    return Recovered(portion, rows.configs, rows.instance_id)


def _largest(minutes: list[Minute]) -> list[Minute]:
    """Return each minute once: rows that were replaced by larger ones may be among them."""
    by_size = sorted(minutes, key=lambda minute: minute.frames)
    return list({(one.camera_id, one.minute, one.line_version): one for one in by_size}.values())


def _sort_in(rows: _Rows, row: Row) -> None:
    values = row.values
    match len(values):
        case 8 if row.rowid is not None and _looks_like_event(values):
            rows.dead_letters.append(row)
        case 6 if row.rowid is not None and _looks_like_event(values):
            rows.events.append(row)
        case 6 | 7 if (minute := _minute(values)) is not None:
            rows.minutes.append(minute)
        case 6 if (camera_id := _uuid(values[0])) and _are_counts(values[1:3]):
            rows.totals[camera_id] = (_count(values[1]), _count(values[2]))
            config = _config(values[3:])
            if config is not None:
                rows.configs.append((camera_id, config))
        case 2 if row.rowid == 1 and values[0] is None and _are_counts(values[1:]):
            rows.delivered = max(rows.delivered, _count(values[1]))
        case 2 if row.rowid == 1 and values[0] is None and (instance_id := _uuid(values[1])):
            rows.instance_id = instance_id
        case 2 if row.rowid is None and isinstance(values[1], int):
            if event_id := _uuid(values[0]):
                rows.ids[values[1]] = event_id
            elif ts := _time(values[0]):
                rows.times[values[1]] = ts


def _looks_like_event(values: tuple[Value, ...]) -> bool:
    """Return whether the columns have the lengths of an event: id, ts, camera, store, direction."""
    id_, ts, camera, store, direction, *_ = values
    lengths = [len(value) if isinstance(value, bytes) else None for value in (id_, ts, camera, direction)]
    return lengths[:3] == [36, 27, 36] and lengths[3] in _DIRECTION_BY_LENGTH and (store is None or _is_text(store, 36))


def _event(row: Row, cameras: Counter[str], stores: Counter[str], rows: _Rows) -> Event | None:
    """Return the event of a row, with damaged fields repaired; None if its id or its time is nowhere."""
    id_, ts, camera, store, direction, tracker_id = row.values[:6]
    rowid = row.rowid or 0
    event_id = _uuid(id_) or rows.ids.get(rowid)
    time = _time(ts) or rows.times.get(rowid)
    camera_id = _known(camera, cameras)
    if event_id is None or time is None or camera_id is None or not isinstance(direction, bytes):
        return None
    return Event(
        event_id=event_id,
        ts=time,
        camera_id=camera_id,
        store_id=None if store is None else _known(store, stores),
        direction=_DIRECTION_BY_LENGTH[len(direction)],
        tracker_id=tracker_id if isinstance(tracker_id, int) and tracker_id >= 0 else 0,
    )


def _dead_letter(row: Row, cameras: Counter[str], stores: Counter[str]) -> DeadLetter | None:
    event = _event(row, cameras, stores, _Rows())
    reason, at = row.values[6:8]
    if event is None or not isinstance(reason, bytes):
        return None
    return DeadLetter(event, reason.decode("utf-8", "replace"), _time(at) or event.ts)


def _minute(values: tuple[Value, ...]) -> Minute | None:
    camera_id, minute = _uuid(values[0]), _time(values[1])
    if camera_id is None or minute is None or not _are_counts((*values[2:4], values[5])):
        return None
    frames, dropped, fps, reconnects, *version = values[2:]
    if not isinstance(fps, int | float) or not 0 <= fps <= _MAX_FRAMES or _count(frames) > _MAX_FRAMES:
        return None
    line_version = version[0] if version else UNKNOWN_LINE_VERSION
    if not isinstance(line_version, int):
        return None
    counts = _count(frames), _count(dropped), float(fps), _count(reconnects)
    return minute_from_row((camera_id, minute, *counts, line_version))


def _config(values: tuple[Value, ...]) -> CachedConfig | None:
    body, etag, api_url = (value.decode("utf-8", "replace") if isinstance(value, bytes) else None for value in values)
    try:
        json.loads(body or "")
    except ValueError:
        return None
    return CachedConfig(etag, body, api_url or "")


def _totals(stored: dict[str, tuple[int, int]], waiting: Iterable[Event]) -> list[tuple[str, int, int]]:
    """Return the totals of each camera: those that are stored, at least the crossings that wait."""
    counted: Counter[tuple[str, Direction]] = Counter((event.camera_id, event.direction) for event in waiting)
    cameras = {*stored, *(camera for camera, _ in counted)}
    return [
        (
            camera,
            max(stored.get(camera, (0, 0))[0], counted[camera, Direction.IN]),
            max(stored.get(camera, (0, 0))[1], counted[camera, Direction.OUT]),
        )
        for camera in sorted(cameras)
    ]


def _most_common(values: Iterable[Value]) -> Counter[str]:
    return Counter(uuid for uuid in map(_uuid, values) if uuid)


def _known(value: Value, known: Counter[str]) -> str | None:
    """Return the id of a camera or a store: as it is if the file has it several times, otherwise the most common one.

    An id that occurs once beside many of another one is that one with a flipped bit.
    """
    uuid = _uuid(value)
    if not known:
        return None
    most_common, count = known.most_common(1)[0]
    return uuid if uuid and (known[uuid] > 1 or count == 1) else most_common


def _uuid(value: Value) -> str | None:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else ""
    return text if _UUID.fullmatch(text) else None


def _time(value: Value) -> str | None:
    text = value.decode("ascii", "replace") if _is_text(value, 27) and isinstance(value, bytes) else ""
    try:
        parse_utc(text)
    except ValueError:
        return None
    return text


def _is_text(value: Value, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


def _count(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _are_counts(values: Iterable[Value]) -> bool:
    return all(isinstance(value, int) and value >= 0 for value in values)
