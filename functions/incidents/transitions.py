"""From what a run finds to the changes of the stored incidents: open, keep, end, forget. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from functions.incidents.finding import Fault, Findings, Subject
from functions.incidents.policy import POLICIES


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident that has not ended, or a fault that has not lasted long enough to be one.

    Attributes:
        id: the incident.
        subject: what it is about.
        detail: what is wrong, as of the last run that found it.
        remedy: what to do.
        started_at: when the fault began.
        found_at: the first run that found it.
        opened_at: when it became an incident; None before.
        absent_since: the first of the last runs that did not find it; None if the last run did.
        ended_at: when the fault was gone; None before.
        closed_at: when a person closed the incident, or it ended; None while it is open.
        muted_until: nobody is notified before.
        facts: the numbers of `detail`.
    """

    id: UUID
    subject: Subject
    detail: str
    remedy: str
    started_at: datetime
    found_at: datetime
    opened_at: datetime | None = None
    absent_since: datetime | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    muted_until: datetime | None = None
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changes.

    Attributes:
        stored: new and changed incidents.
        forgotten: ids of faults that were gone before they became incidents.
    """

    stored: list[Incident]
    forgotten: list[UUID]


def update_incidents(
    known: Iterable[Incident],
    findings: Findings,
    now: datetime,
    *,
    removed: Iterable[Subject] = (),
    mutes: Mapping[Subject, datetime] | None = None,
) -> Changes:
    """Return the changes that the findings of a run make.

    Args:
        known: the stored incidents that have not ended, at most one of a subject.
        findings: what the run found.
        now: the time of the run.
        removed: subjects that do not exist any more, such as those of an archived camera; they end at once.
        mutes: until when an earlier incident of a subject is muted; a new one is, too.
    """
    changes = Changes([], [])
    by_subject = {incident.subject: incident for incident in known}
    gone = set(removed)
    for subject, incident in by_subject.items():
        fault = findings.get(subject)
        if subject in gone:
            _end(incident, now, changes)
        elif fault is not None:
            _keep(incident, fault, now, changes)
        elif subject in findings:
            _miss(incident, now, changes)
    for subject, fault in findings.items():
        if fault is not None and subject not in by_subject and subject not in gone:
            new = Incident(uuid4(), subject, fault.detail, fault.remedy, fault.since or now, found_at=now)
            new = replace(new, muted_until=(mutes or {}).get(subject), facts=fault.facts)
            changes.stored.append(_open_if_due(new, now))
    return changes


def _keep(incident: Incident, fault: Fault, now: datetime, changes: Changes) -> None:
    kept = replace(incident, detail=fault.detail, remedy=fault.remedy, facts=fault.facts, absent_since=None)
    if (after := _open_if_due(kept, now)) != incident:
        changes.stored.append(after)


def _open_if_due(incident: Incident, now: datetime) -> Incident:
    is_due = incident.opened_at is None and now - incident.found_at >= POLICIES[incident.subject.type].opens_after
    return replace(incident, opened_at=now) if is_due else incident


def _miss(incident: Incident, now: datetime, changes: Changes) -> None:
    absent_since = incident.absent_since or now
    if incident.opened_at is None or now - absent_since >= POLICIES[incident.subject.type].ends_after:
        _end(replace(incident, absent_since=absent_since), now, changes)
    elif incident.absent_since is None:
        changes.stored.append(replace(incident, absent_since=now))


def _end(incident: Incident, now: datetime, changes: Changes) -> None:
    if incident.opened_at is None:
        changes.forgotten.append(incident.id)
        return
    ended_at = incident.absent_since or now
    changes.stored.append(replace(incident, ended_at=ended_at, closed_at=incident.closed_at or now))
