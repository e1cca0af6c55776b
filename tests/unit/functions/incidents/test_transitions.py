"""From findings to incidents: one incident for one fault, opened and ended with hysteresis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.common.incidents import IncidentType
from functions.incidents.finding import Fault, Subject
from functions.incidents.policy import POLICIES
from functions.incidents.transitions import Incident, update_incidents

START = datetime(2026, 11, 25, 9, tzinfo=UTC)
RUN = timedelta(minutes=5)
STORE = UUID("0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b")
SLOW = Subject(IncidentType.SLOW, STORE, "camera")  # opens and ends after 30 minutes
OFFLINE = Subject(IncidentType.CAMERA_OFFLINE, STORE, "camera")  # opens at once, ends after 10 minutes
FAULT = Fault("It is slow.", "Make it faster.")


def run(subject: Subject, findings: Sequence[bool | None]) -> list[list[Incident]]:
    """The stored incidents after each run; a finding is a fault, no fault, or undecided."""
    stored: dict[UUID, Incident] = {}
    after = []
    for n, found in enumerate(findings):
        known = [incident for incident in stored.values() if incident.ended_at is None]
        faults = {} if found is None else {subject: FAULT if found else None}
        changes = update_incidents(known, faults, START + n * RUN)
        stored.update((incident.id, incident) for incident in changes.stored)
        for forgotten in changes.forgotten:
            del stored[forgotten]
        after.append(list(stored.values()))
    return after


def test_a_fault_becomes_one_incident_after_its_time_and_ends_after_its_absence() -> None:
    after = run(SLOW, [True] * 9 + [False] * 8)
    assert [incident.opened_at for [incident] in after[:6]] == [None] * 6
    [opened] = after[8]
    assert (opened.started_at, opened.opened_at) == (START, START + 6 * RUN)
    assert [incident.ended_at for [incident] in after[9:15]] == [None] * 6
    [ended] = after[-1]
    assert (ended.id, ended.ended_at, ended.closed_at) == (opened.id, START + 9 * RUN, START + 15 * RUN)


def test_a_fault_that_does_not_last_is_forgotten() -> None:
    after = run(SLOW, [True] * 6 + [False] + [True] * 6)
    assert after[6] == []
    assert [incident.opened_at for [incident] in after[7:]] == [None] * 6


def test_a_short_absence_does_not_end_an_incident() -> None:
    after = run(OFFLINE, [True, False, True, False, False, True, False, False, False])
    assert len({incident.id for incidents in after for incident in incidents}) == 1
    assert [incident.ended_at for [incident] in after] == [None] * 8 + [START + 6 * RUN]


def test_what_cannot_be_decided_changes_nothing() -> None:
    after = run(OFFLINE, [True, None, None, None, None])
    assert after[1:] == after[:1] * 4
    assert run(OFFLINE, [None]) == [[]]


def test_a_fault_that_is_closed_by_hand_is_opened_again_only_after_it_was_gone() -> None:
    [[opened]] = run(OFFLINE, [True])
    closed = Incident(**{field: getattr(opened, field) for field in opened.__slots__} | {"closed_at": START + RUN})
    again = update_incidents([closed], {OFFLINE: FAULT}, START + 2 * RUN)
    assert (again.stored, again.forgotten) == ([], [])
    [absent] = update_incidents([closed], {OFFLINE: None}, START + 3 * RUN).stored
    [ended] = update_incidents([absent], {OFFLINE: None}, START + 5 * RUN).stored
    assert (ended.ended_at, ended.closed_at) == (START + 3 * RUN, START + RUN)
    [new] = update_incidents([], {OFFLINE: FAULT}, START + 6 * RUN).stored
    assert new.id != opened.id


def test_the_sentences_are_those_of_the_last_run() -> None:
    [[opened]] = run(OFFLINE, [True])
    worse = Fault("Worse.", "Do more.", facts={"crossings": 7})
    [changed] = update_incidents([opened], {OFFLINE: worse}, START + RUN).stored
    assert (changed.id, changed.detail, changed.remedy, changed.opened_at) == (opened.id, "Worse.", "Do more.", START)
    assert (opened.facts, changed.facts) == ({}, {"crossings": 7})
    [new] = update_incidents([], {OFFLINE: worse}, START).stored
    assert new.facts == {"crossings": 7}


def test_the_incident_of_a_removed_camera_ends_at_once() -> None:
    [[opened]] = run(OFFLINE, [True])
    [ended] = update_incidents([opened], {}, START + RUN, removed=[OFFLINE]).stored
    assert (ended.ended_at, ended.closed_at) == (START + RUN, START + RUN)


def test_a_mute_holds_for_the_next_incident_of_the_same_subject() -> None:
    until = START + timedelta(days=1)
    other = Subject(IncidentType.CAMERA_OFFLINE, STORE, str(uuid4()))
    changes = update_incidents([], {OFFLINE: FAULT, other: FAULT}, START, mutes={OFFLINE: until})
    assert {incident.subject: incident.muted_until for incident in changes.stored} == {OFFLINE: until, other: None}


@pytest.mark.parametrize("kind", IncidentType)
def test_every_type_has_a_policy(kind: IncidentType) -> None:
    assert POLICIES[kind].opens_after >= timedelta(0)


@given(st.lists(st.sampled_from([True, False, None]), max_size=60), st.sampled_from([SLOW, OFFLINE]))
def test_at_most_one_incident_of_a_subject_lasts(findings: list[bool | None], subject: Subject) -> None:
    policy = POLICIES[subject.type]
    for n, incidents in enumerate(run(subject, findings)):
        lasting = [incident for incident in incidents if incident.ended_at is None]
        assert len(lasting) <= 1
        for incident in incidents:
            assert incident.opened_at is None or incident.opened_at - incident.found_at >= policy.opens_after
            assert incident.ended_at is None or incident.opened_at is not None
            if incident.ended_at is not None and incident.closed_at is not None:
                assert incident.closed_at - incident.ended_at >= policy.ends_after
        if findings[n] is False and policy.ends_after == timedelta(0):
            assert not lasting
