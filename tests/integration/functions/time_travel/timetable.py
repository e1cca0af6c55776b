"""What has to happen in the month, written by hand, with the times of the clock of each store.

The numbers of the reports are worked out in the comments. Six people an hour come to each store, and one to the side
entrance of Harbour: 54 and 9 a day at Harbour (nine hours), 66 at Kanal (eleven hours), 60 at Hudson (ten hours).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta

from tests.integration.functions.time_travel.observation import Entry
from tests.integration.functions.time_travel.stores import local

FAILING_ANSWERS = {"ada": {3: 503}}
"""By person, which request to their webhook is answered with which status: the one of 7 October."""

INCIDENTS = """
# The box of the side entrance loses its network for 40 days.
2026-09-03 10:10  Harbour incident opens: Camera offline, Side
2026-09-03 10:20  Harbour webhook ada: Camera offline opened (Side)
2026-09-03 10:20  Harbour webhook ops: Camera offline opened (Side)
# Its key is not used for 30 days. That is nothing for the owner.
2026-10-03 10:00  Harbour incident opens: Worker key unused
2026-10-03 10:10  Harbour webhook ops: Worker key unused opened
# It is back, and its oldest crossings are refused: 8 hours of 3 September, 9 days, two crossings an hour.
2026-10-13 10:00  Harbour incident closes: Worker key unused
2026-10-13 10:00  Harbour incident opens: Crossings refused, Side
2026-10-13 10:10  Harbour incident closes: Camera offline, Side
2026-10-13 10:10  Harbour webhook ada: Camera offline closed (Side), Crossings refused opened (Side)
2026-10-13 10:10  Harbour webhook ops: Camera offline closed (Side), Worker key unused closed, \
Crossings refused opened (Side)
# An import window lets them in.
2026-10-14 10:05  Harbour incident closes: Crossings refused, Side
2026-10-14 10:15  Harbour webhook ada: Crossings refused closed (Side)
2026-10-14 10:15  Harbour webhook ops: Crossings refused closed (Side)

# A power cut over the start of daylight saving time. Between 01:55 and 03:05 lie ten minutes.
2026-10-04 03:05  Harbour incident opens: Camera offline, Front
2026-10-04 03:15  Harbour webhook ada: Camera offline opened (Front)
2026-10-04 03:15  Harbour webhook ops: Camera offline opened (Front)
2026-10-04 03:25  Harbour incident closes: Camera offline, Front
2026-10-04 03:35  Harbour webhook ada: Camera offline closed (Front)
2026-10-04 03:35  Harbour webhook ops: Camera offline closed (Front)
# One in open hours. The receiver of the owner fails once, and gets the message again.
2026-10-07 10:30  Harbour incident opens: Camera offline, Front
2026-10-07 10:40  Harbour webhook ada, answered 503: Camera offline opened (Front)
2026-10-07 10:40  Harbour webhook ops: Camera offline opened (Front)
2026-10-07 10:45  Harbour webhook ada: Camera offline opened (Front)
2026-10-07 13:10  Harbour incident closes: Camera offline, Front
2026-10-07 13:20  Harbour webhook ada: Camera offline closed (Front)
2026-10-07 13:20  Harbour webhook ops: Camera offline closed (Front)

# Kanal is closed in the night of 9 October, and on 24 October: nobody is told that the power is off.
# The camera is moved, and its view is accepted.
2026-10-13 11:10  Kanal incident opens: Camera moved, Door
2026-10-13 11:20  Kanal mail ben: Kanal, Door: Camera moved
2026-10-13 11:20  Kanal webhook ops: Camera moved opened (Door)
2026-10-13 15:15  Kanal incident closes: Camera moved, Door
2026-10-13 15:25  Kanal mail ben: Kanal, Door: Camera moved – ended
2026-10-13 15:25  Kanal webhook ops: Camera moved closed (Door)
# The network fails in the quiet hours of the owner, 20:00 to 08:00.
2026-10-16 20:25  Kanal incident opens: Camera offline, Door
2026-10-16 20:35  Kanal webhook ops: Camera offline opened (Door)
2026-10-17 08:00  Kanal mail ben: Kanal, Door: Camera offline
2026-10-17 09:40  Kanal incident closes: Camera offline, Door
2026-10-17 09:50  Kanal mail ben: Kanal, Door: Camera offline – ended
2026-10-17 09:50  Kanal webhook ops: Camera offline closed (Door)
# A power cut over the end of daylight saving time, in the special hours of a night.
2026-10-25 02:00+01:00  Kanal incident opens: Camera offline, Door
2026-10-25 02:10+01:00  Kanal webhook ops: Camera offline opened (Door)
2026-10-25 02:20+01:00  Kanal incident closes: Camera offline, Door
2026-10-25 02:30+01:00  Kanal webhook ops: Camera offline closed (Door)
2026-10-25 08:00  Kanal mail ben: Kanal: 2 changes of incidents; Camera offline; Camera offline – ended

# The picture is frozen, and the owner takes care of it before anybody is told.
2026-10-15 12:00  Hudson incident opens: Picture frozen, Entrance
2026-10-15 14:10  Hudson incident closes: Picture frozen, Entrance
# The lens is covered. The owner mutes it until noon of the next day, when it is covered again.
2026-10-19 10:10  Hudson incident opens: Picture covered or dark, Entrance
2026-10-19 10:20  Hudson mail cleo: Hudson, Entrance: Picture covered or dark
2026-10-19 10:20  Hudson webhook ops: Picture covered or dark opened (Entrance)
2026-10-19 11:10  Hudson incident closes: Picture covered or dark, Entrance
2026-10-20 10:10  Hudson incident opens: Picture covered or dark, Entrance
2026-10-20 12:10  Hudson mail cleo: Hudson: 2 changes of incidents; Picture covered or dark – ended; \
Picture covered or dark
2026-10-20 12:10  Hudson webhook ops: Picture covered or dark closed (Entrance), \
Picture covered or dark opened (Entrance)
2026-10-20 14:10  Hudson incident closes: Picture covered or dark, Entrance
2026-10-20 14:20  Hudson mail cleo: Hudson, Entrance: Picture covered or dark – ended
2026-10-20 14:20  Hudson webhook ops: Picture covered or dark closed (Entrance)
# Nobody comes from 14:00 to 15:00. Twelve crossings are usual in this hour of a Thursday.
2026-10-29 15:05  Hudson incident opens: No crossings in a busy hour, Entrance
2026-10-29 15:15  Hudson mail cleo: Hudson, Entrance: No crossings in a busy hour
2026-10-29 15:15  Hudson webhook ops: No crossings in a busy hour opened (Entrance)
2026-10-29 15:20  Hudson incident closes: No crossings in a busy hour, Entrance
2026-10-29 15:30  Hudson mail cleo: Hudson, Entrance: No crossings in a busy hour – ended
2026-10-29 15:30  Hudson webhook ops: No crossings in a busy hour closed (Entrance)
# A power cut in the longer hours of a special day.
2026-10-31 21:40  Hudson incident opens: Camera offline, Entrance
2026-10-31 21:50  Hudson mail cleo: Hudson, Entrance: Camera offline
2026-10-31 21:50  Hudson webhook ops: Camera offline opened (Entrance)
2026-10-31 22:40  Hudson incident closes: Camera offline, Entrance
2026-10-31 22:50  Hudson mail cleo: Hudson, Entrance: Camera offline – ended
2026-10-31 22:50  Hudson webhook ops: Camera offline closed (Entrance)
"""

ALL = "100% of the open time was observed"
CLOSED = "0 visitors; Nothing was observed, or the store was closed"
NOT_YET = "How much of the open time was observed is not known yet; Crossings may still arrive: these numbers can rise"
ONE_LEFT_OUT = "1 day is not compared: other opening hours on a special day"
SIDE = "Camera offline, Side: from 2026-09-03 10:00, not ended"
REFUSED = "Crossings refused, Side: from 2026-10-13 10:00"
LOST_NETWORK = "Camera offline, Door: from 2026-10-16 20:15"
MOVED = "Camera moved, Door: from 2026-10-13 11:00, until 2026-10-13 15:05"
LONG_NIGHT = "Camera offline, Door: from 2026-10-25 02:50 (UTC+0200), until 2026-10-25 02:10 (UTC+0100)"

# The power cut from 01:55 to 03:15 takes two visitors of the three hours that Harbour is open at night (18), and 20 of
# its minutes; that of 7 October takes 16. The side entrance is missing until its box is back.
HARBOUR_DAYS = {
    "2026-09-30": f"unknown visitors; {NOT_YET}; {SIDE}",
    **{f"2026-10-{day:02}": f"54 visitors; {NOT_YET}; {SIDE}" for day in range(1, 13)},
    "2026-10-04": f"70 visitors; {NOT_YET}; {ONE_LEFT_OUT}; 2026-10-04: Night market;"
    f" Camera offline, Front: from 2026-10-04 01:55 (UTC+1000), until 2026-10-04 03:15 (UTC+1100); {SIDE}",
    "2026-10-05": f"54 visitors; {NOT_YET}; 2026-10-05: Labour Day; {SIDE}",
    "2026-10-07": f"38 visitors; {NOT_YET}; Camera offline, Front: from 2026-10-07 10:20, until 2026-10-07 13:00;"
    f" {SIDE}",
    "2026-10-11": f"54 visitors; {NOT_YET}; {ONE_LEFT_OUT}; {SIDE}",
    "2026-10-13": f"63 visitors; {NOT_YET}; {REFUSED}, not ended;"
    " Camera offline, Side: from 2026-09-03 10:00 (UTC+1000), until 2026-10-13 10:00 (UTC+1100)",
    "2026-10-14": f"63 visitors; {ALL}; {REFUSED}, until 2026-10-14 10:05",
}
# Open from 14:00 on the first day: seven of eleven hours. On 16 October 61 until 20:15, on 25 October seven hours at
# night and eleven by day, 108, without two that came during the power cut of 20 minutes.
KANAL_DAYS = {
    "2026-09-30": "42 visitors; 64% of the open time was observed",
    "2026-10-03": f"{CLOSED}; {ONE_LEFT_OUT}; 2026-10-03: German Unity Day",
    "2026-10-10": f"66 visitors; {ALL}; {ONE_LEFT_OUT}",
    "2026-10-13": f"66 visitors; {ALL}; {MOVED}",
    "2026-10-16": f"61 visitors; {ALL}; Crossings may still arrive: these numbers can rise; {LOST_NETWORK}, not ended",
    "2026-10-17": f"66 visitors; {ALL}; {LOST_NETWORK}, until 2026-10-17 09:30",
    "2026-10-24": f"{CLOSED}; {ONE_LEFT_OUT}; 2026-10-24: Stocktaking",
    "2026-10-25": f"106 visitors; 98% of the open time was observed; {ONE_LEFT_OUT}; 2026-10-25: Long night;"
    f" {LONG_NIGHT}",
    "2026-10-31": f"{CLOSED}; 2026-10-31: Reformation Day",
}
FROZEN = "Picture frozen, Entrance: from 2026-10-15 12:00, until 2026-10-15 14:00"
COVERED = (
    "Picture covered or dark, Entrance: from 2026-10-19 10:00, until 2026-10-19 11:00",
    "Picture covered or dark, Entrance: from 2026-10-20 10:00, until 2026-10-20 14:00",
)
NOBODY = "No crossings in a busy hour, Entrance: from 2026-10-29 14:00, until 2026-10-29 15:20"
HALLOWEEN = "Camera offline, Entrance: from 2026-10-31 21:30, until 2026-10-31 22:30"
# Two hours frozen, one and four covered, one without people. On 31 October 13 hours, 78, without six of an hour.
HUDSON_DAYS = {
    "2026-10-12": f"60 visitors; {ALL}; 2026-10-12: Columbus Day",
    "2026-10-15": f"48 visitors; 80% of the open time was observed; {FROZEN}",
    "2026-10-19": f"54 visitors; {ALL}; {COVERED[0]}",
    "2026-10-20": f"36 visitors; {ALL}; {COVERED[1]}",
    "2026-10-29": f"54 visitors; {ALL}; {NOBODY}",
    "2026-10-31": f"72 visitors; 92% of the open time was observed; {ONE_LEFT_OUT}; 2026-10-31: Halloween; {HALLOWEEN}",
}

LONGER_REPORTS = f"""
# September: the side entrance was observed in the first of its hours, and in the two days before it was not.
2026-10-01 07:00  Harbour mail ada: Harbour: Monthly report, 2026-09-01 to 2026-09-30; 1 visitors; \
5% of the open time was observed; Crossings may still arrive: these numbers can rise; {SIDE}
2026-10-01 07:00  Kanal mail ben: Kanal: Monthly report, 2026-09-01 to 2026-09-30; 42 visitors; \
2% of the open time was observed
2026-10-01 07:00  Hudson mail cleo: Hudson: Monthly report, 2026-09-01 to 2026-09-30; 60 visitors; \
3% of the open time was observed; 2026-09-07: Labor Day
# Weeks of Kanal begin on Monday. In the first one, 40 of 66 open hours were observed.
2026-10-05 07:00  Kanal mail ben: Kanal: Weekly report, 2026-09-28 to 2026-10-04; 240 visitors; \
61% of the open time was observed; {ONE_LEFT_OUT}; 2026-10-03: German Unity Day
2026-10-12 07:00  Kanal mail ben: Kanal: Weekly report, 2026-10-05 to 2026-10-11; 462 visitors; {ALL}; {ONE_LEFT_OUT}
2026-10-19 07:00  Kanal mail ben: Kanal: Weekly report, 2026-10-12 to 2026-10-18; 462 visitors; {ALL}; \
{LOST_NETWORK}, until 2026-10-17 09:30; {MOVED}
2026-10-26 07:00  Kanal mail ben: Kanal: Weekly report, 2026-10-19 to 2026-10-25; 436 visitors; {ALL}; \
2 days are not compared: other opening hours on a special day; 2026-10-24: Stocktaking; 2026-10-25: Long night; \
{LONG_NIGHT}
# Those of Hudson begin on Sunday. The subscription ends on 12 October.
2026-10-04 07:00  Hudson mail cleo: Hudson: Weekly report, 2026-09-27 to 2026-10-03; 240 visitors; \
57% of the open time was observed
2026-10-11 07:00  Hudson mail cleo: Hudson: Weekly report, 2026-10-04 to 2026-10-10; 420 visitors; {ALL}
# October. Harbour: 31 days of 63, 19 more at night, 18 fewer in the power cuts, which took 180 of 33,840 minutes.
2026-11-01 07:00  Harbour mail ada: Harbour: Monthly report, 2026-10-01 to 2026-10-31; 1,956 visitors; \
99% of the open time was observed; {ONE_LEFT_OUT}; 2026-10-04: Night market; 2026-10-05: Labour Day; \
{REFUSED}, until 2026-10-14 10:05; Camera offline, Front: from 2026-10-07 10:20, until 2026-10-07 13:00; \
Camera offline, Front: from 2026-10-04 01:55 (UTC+1000), until 2026-10-04 03:15 (UTC+1100); \
Camera offline, Side: from 2026-09-03 10:00 (UTC+1000), until 2026-10-13 10:00 (UTC+1100)
# Kanal: 27 days of 66, and the 106 of 25 October. The last Saturday has no counterpart in September.
2026-11-01 07:00  Kanal mail ben: Kanal: Monthly report, 2026-10-01 to 2026-10-31; 1,888 visitors; {ALL}; \
3 days are not compared: other opening hours on a special day; 2026-10-03: German Unity Day; \
2026-10-24: Stocktaking; 2026-10-25: Long night; 2026-10-31: Reformation Day; {LONG_NIGHT}; \
{LOST_NETWORK}, until 2026-10-17 09:30; {MOVED}
# Hudson: 30 days of 60, without 48, and the 72 of 31 October; 180 of 18,780 minutes are missing.
2026-11-01 07:00  Hudson mail cleo: Hudson: Monthly report, 2026-10-01 to 2026-10-31; 1,824 visitors; \
99% of the open time was observed; 2026-10-12: Columbus Day; 2026-10-31: Halloween; {HALLOWEEN}; {NOBODY}; \
{COVERED[1]}; {COVERED[0]}; {FROZEN}
"""


def expected_entries() -> list[Entry]:
    """Return all that has to happen."""
    entries = [*_parse(INCIDENTS), *_parse(LONGER_REPORTS)]
    entries += _daily("Harbour", "ada", f"63 visitors; {ALL}", HARBOUR_DAYS, last=date(2026, 11, 1))
    entries += _daily("Kanal", "ben", f"66 visitors; {ALL}", KANAL_DAYS, last=date(2026, 10, 31))
    entries += _daily("Hudson", "cleo", f"60 visitors; {ALL}", HUDSON_DAYS, last=date(2026, 10, 31))
    return entries


def _parse(table: str) -> Iterator[Entry]:
    for line in table.splitlines():
        if line and not line.startswith("#"):
            at, text = re.split(r"  +", line, maxsplit=1)
            yield Entry(local(text.partition(" ")[0], at).astimezone(UTC), text)


def _daily(store: str, person: str, usual: str, days: Mapping[str, str], *, last: date) -> Iterator[Entry]:
    """Yield the daily reports of a store, at seven by its clock on the day after each day."""
    day = date(2026, 9, 30)
    while day <= last:
        at = local(store, f"{day + timedelta(days=1)} 07:00").astimezone(UTC)
        yield Entry(at, f"{store} mail {person}: {store}: Daily report, {day}; {days.get(str(day), usual)}")
        day += timedelta(days=1)
