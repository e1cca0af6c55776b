"""Which queries one part of a statement answers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.api.repositories.parts import MAX_PARTS_PER_STATEMENT, group_by_dates

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)

spans = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5)).map(
        lambda days: (MIDNIGHT + days[0] * DAY, MIDNIGHT + (days[0] + days[1]) * DAY)
    )
)


def test_the_store_days_of_neighbouring_zones_are_one_part() -> None:
    rome = (MIDNIGHT - timedelta(hours=1), MIDNIGHT + timedelta(hours=18))
    auckland = (MIDNIGHT + timedelta(hours=11), MIDNIGHT + timedelta(hours=18))
    assert list(group_by_dates([(0, rome), (1, auckland), (2, rome)])) == [[[0, 2, 1]]]


def test_a_month_and_its_last_day_are_two_parts() -> None:
    month = (MIDNIGHT - 30 * DAY, MIDNIGHT)
    assert list(group_by_dates([(0, month), (1, (MIDNIGHT, MIDNIGHT))])) == [[[0], [1]]]


@given(spans)
def test_each_query_is_in_one_part_that_reads_one_date_more_at_most(
    asked: list[tuple[datetime, datetime]],
) -> None:
    statements = list(group_by_dates(enumerate(asked)))
    assert sorted(index for parts in statements for part in parts for index in part) == list(range(len(asked)))
    for parts in statements:
        assert len(parts) <= MAX_PARTS_PER_STATEMENT
        for part in parts:
            first, last = min(asked[index][0] for index in part), max(asked[index][1] for index in part)
            for index in part:
                assert (asked[index][0] - first) + (last - asked[index][1]) <= DAY
