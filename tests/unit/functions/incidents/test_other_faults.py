"""The faults of worker keys and of jobs of the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from functions.common.database_jobs import JobStatus
from functions.incidents.other_faults import find_job_faults, find_unused_key

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_a_key_that_no_box_used_for_a_month_is_a_fault() -> None:
    assert find_unused_key("Box", "x7Qa", NOW - 400 * DAY, NOW - 29 * DAY, NOW) is None
    assert find_unused_key("Box", "x7Qa", NOW - 29 * DAY, None, NOW) is None
    old = find_unused_key("Box", "x7Qa", NOW - 400 * DAY, NOW - 30 * DAY, NOW)
    never = find_unused_key("Box", "x7Qa", NOW - 30 * DAY, None, NOW)
    assert old is not None
    assert never is not None
    assert old.detail == "The worker key 'Box', which ends in x7Qa, was last used on 2026-10-26."
    assert never.detail == "The worker key 'Box', which ends in x7Qa, was never used."


def test_each_job_has_a_subject_and_the_refresh_its_own() -> None:
    overdue = JobStatus(7, "policy_retention", "events", True, "Success", NOW - DAY, NOW - 31 * MINUTE, None)
    well = JobStatus(8, "policy_compression", "events", True, "Success", NOW - DAY, NOW, None)
    found = dict(find_job_faults([overdue, well], 31 * MINUTE, None, NOW))
    by_object = {(subject.type.value, subject.object_id): fault for subject, fault in found.items()}
    assert {key for key, fault in by_object.items() if fault is not None} == {
        ("refresh_overdue", "refresh_aggregates"),
        ("database_job", "policy_retention events"),
    }
    assert by_object["database_job", "policy_compression events"] is None
    assert dict(find_job_faults([], 30 * MINUTE, 65 * MINUTE, NOW)).popitem()[1] is None
