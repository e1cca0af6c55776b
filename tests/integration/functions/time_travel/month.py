"""Simulate the month and compare what there is with the timetable, at each step.

`python -m tests.integration.functions.time_travel.month FOLDER LIST`, in the environment of `clock.faked_environment`.
It exits with 1 and names the differences when something is missing or was not expected.

Steps are two hours long, from even hours on one day and from odd ones on the next. They are five minutes long, as the
schedule of the incidents Lambda, in the hour of an action or of an expected entry that is not at its start, and in a
few ordinary hours, to see that nothing happens between hours. Longer steps elsewhere change nothing: each scheduled
function reads the database and the clock only, its next run continues where the last one ended, and no box and no
person changes anything between two steps. A step does what the schedules do, in order: boxes deliver, the jobs of the
database that are due run, then the Lambdas.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

from tests.integration.functions.notifications.receiver import Receiver, receiving, respond
from tests.integration.functions.time_travel.clock import FakedClock
from tests.integration.functions.time_travel.observation import Entry, Observer
from tests.integration.functions.time_travel.processes import Backend, running_backend
from tests.integration.functions.time_travel.stores import Stores, day_before_the_month, first_day, local, story
from tests.integration.functions.time_travel.timetable import FAILING_ANSWERS, expected_entries

HOUR, STEP = timedelta(hours=1), timedelta(minutes=5)

MIGRATED = datetime(2026, 9, 1, tzinfo=UTC)
RUN_IN = local("Harbour", "2026-09-03 09:00"), local("Harbour", "2026-09-03 11:00")
MONTH = datetime(2026, 9, 30, 12, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
"""From the day before the month, so that there is a first report, until the monthly reports have been sent."""
ORDINARY_HOURS = [datetime(2026, 10, 6, hour, tzinfo=UTC) for hour in (13, 14, 15)]
"""Kanal and Hudson are open, and nothing happens."""

QUARTER_HOURLY = ("days", "reports")
MAINTENANCE_EVERY = timedelta(hours=6)
"""In the deployment maintenance runs every quarter of an hour. It tells nobody anything; a failure ends the test."""


class Simulation:
    """The running month."""

    def __init__(self, clock: FakedClock, stores: Stores, observer: Observer, expected: Sequence[Entry]) -> None:
        self._clock = clock
        self._stores = stores
        self._backend = stores.backend
        self._observer = observer
        self._expected = expected
        self._story = sorted(
            [(RUN_IN[0], first_day), (MONTH[0], day_before_the_month), *story()], key=lambda each: each[0]
        )
        self._last_runs: dict[int, datetime] = {}
        self._maintained = MIGRATED
        self.differences: list[str] = []
        self.steps = 0
        self.job_seconds = 0.0

    def run(self, *, stops: bool = True) -> None:
        """Run all steps and compare after each of them. It stops after the first step with differences, if it stops."""
        for now in self._steps():
            self._clock.set(now)
            self._step(now)
            self.steps += 1
            self._compare(now)
            if self.differences and stops:
                return

    def _steps(self) -> list[datetime]:
        starts = {each[0].astimezone(UTC) for each in self._story} | {
            entry.at for entry in self._expected if entry.at.minute
        }
        fine = {at.replace(minute=0) for at in starts}
        fine.update(ORDINARY_HOURS)
        told = {entry.at for entry in self._expected}
        at, found = RUN_IN[0].astimezone(UTC), []
        while at < MONTH[1]:
            if RUN_IN[1].astimezone(UTC) <= at < MONTH[0]:
                at = MONTH[0]
            if at in fine:
                found += [at + n * STEP for n in range(12)]
            elif at in told or (at.toordinal() + at.hour) % 2 == 0:
                found.append(at)
            at += HOUR
        return found

    def _step(self, now: datetime) -> None:
        while self._story and self._story[0][0] <= now:
            at, action = self._story.pop(0)
            assert at == now, f"{at} is no step"
            action(self._stores, now)
        for box in self._stores.boxes.values():
            box.step(now)
        began = time.monotonic()
        self._run_database_jobs(now)
        self.job_seconds += time.monotonic() - began
        if now - self._maintained >= MAINTENANCE_EVERY:
            self._backend.lambdas["maintenance"].invoke({})
            self._maintained = now
        for name in (*(QUARTER_HOURLY if now.minute % 15 == 0 else ()), "incidents", "notifications"):
            self._backend.lambdas[name].invoke({})

    def _run_database_jobs(self, now: datetime) -> None:
        """Run the jobs that have become due since the last step, as the embedded server does with a real clock."""
        jobs = self._backend.database.execute(
            "SELECT job_id, proc_name, schedule_interval FROM timescaledb_information.jobs"
            " WHERE scheduled AND job_id >= 1000 ORDER BY job_id"
        ).fetchall()
        for job_id, name, interval in jobs:
            last = self._last_runs.get(job_id, now - interval)
            for _ in range(max((now - last) // interval, 0)):
                self._backend.database.execute(f"CALL run_job({int(job_id)})".encode())
                self._last_runs[job_id] = now
                if name != "refresh_aggregates" or not self._has_late_data():
                    break

    def _has_late_data(self) -> bool:
        row = self._backend.database.execute("SELECT EXISTS (SELECT FROM late_ranges)").fetchone()
        return row is not None and bool(row[0])

    def _compare(self, now: datetime) -> None:
        expected = Counter(entry for entry in self._expected if entry.at <= now)
        found = self._observer.entries()
        lines = [f"missing: {entry}" for entry in (expected - found).elements()]
        lines += [f"not expected: {entry}" for entry in (found - expected).elements()]
        opened = sum("incident opens:" in entry.text for entry in expected.elements())
        closed = sum("incident closes:" in entry.text for entry in expected.elements())
        if not lines and (count := self._observer.open_incidents()) != opened - closed:
            lines.append(f"{count} incidents are open at {now}, not {opened - closed}")
        for line in lines:
            if line not in self.differences:
                self.differences.append(line)
                print(f"time travel: at {now:%Y-%m-%d %H:%M} UTC: {line}", file=sys.stderr, flush=True)


def _receiver(stack: ExitStack, person: str, statuses: list[int]) -> Receiver:
    """Run a receiver of webhooks that notes the status of each of its answers."""
    failing = dict(FAILING_ANSWERS.get(person, {}))

    def answer(connection: socket) -> None:
        status = failing.pop(len(statuses), 204)
        statuses.append(status)
        respond(status)(connection)

    return stack.enter_context(receiving(answer))


def write_list(entries: Iterable[Entry], file: Path) -> None:
    """Write what happened as a list."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = ["# A simulated month of three stores", "", *(f"- {entry}" for entry in sorted(entries))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Run the simulation; return 1 when something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="an empty folder for the data and the logs")
    parser.add_argument("list", type=Path, help="where the list of what happened is written")
    parser.add_argument("--to-the-end", action="store_true", help="go on after a difference")
    arguments = parser.parse_args()
    clock = FakedClock(Path(os.environ["FAKETIME_TIMESTAMP_FILE"]))
    clock.set(MIGRATED)
    began = time.monotonic()
    with ExitStack() as stack:
        statuses: dict[str, list[int]] = {"ada": [], "ops": []}
        hooks = {person: _receiver(stack, person, statuses[person]) for person in statuses}
        backend: Backend = stack.enter_context(running_backend(arguments.folder))
        for at in (MIGRATED, MONTH[0], MONTH[1], RUN_IN[0]):
            clock.check(at, backend.database)
        stores = Stores(backend, hooks, {}, {})
        observer = Observer(stores, statuses)
        simulation = Simulation(clock, stores, observer, expected_entries())
        started = time.monotonic()
        simulation.run(stops=not arguments.to_the_end)
        found = observer.entries()
    write_list(found.elements(), arguments.list)
    print(
        f"time travel: {simulation.steps} steps, {found.total()} entries; started in {started - began:.0f} s, simulated"
        f" in {time.monotonic() - started:.0f} s; the list is in {arguments.list}"
    )
    for name, process in backend.lambdas.items():
        print(f"time travel: {name} {process.calls} calls, {process.seconds:.0f} s")
    print(f"time travel: jobs of the database {simulation.job_seconds:.0f} s")
    return 1 if simulation.differences else 0


if __name__ == "__main__":
    sys.exit(main())
