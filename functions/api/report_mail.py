"""The text and the HTML of a report. Pure.

All text of others is escaped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from functions.api.kpi.enums import BucketState, Note, Period
from functions.api.schemas.dashboard import Dashboard, Kpi
from functions.common.incident_records import IncidentRow
from functions.common.incidents import INCIDENT_TITLES
from functions.common.mail_page import MAIL_FONT, mail_page
from functions.common.unsubscribe_link import UNSUBSCRIBE_LINK

MAX_INCIDENTS = 20
_FOOTER = "You get this report because you subscribed to it."
_NAMES = {Period.DAY: "Daily", Period.WEEK: "Weekly", Period.MONTH: "Monthly"}
_NOTES = {
    Note.NOT_OBSERVED: "not observed",
    Note.PARTIALLY_OBSERVED: "no change is given: too little was observed",
    Note.BASELINE_NOT_OBSERVED: "no change is given: the days before were not observed",
    Note.BASELINE_PARTIALLY_OBSERVED: "no change is given: too little of the days before was observed",
    Note.NO_VISITORS: "no visitors",
    Note.NO_EXITS: "no exits",
    Note.PENDING: "no change is given: crossings may still arrive",
    Note.LINE_CHANGED: "no change is given: the counting line changed",
    Note.SPECIAL_DAY: "no change is given: other opening hours on a special day",
}
"""For every note: a report must not fail because of one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says.

    Attributes:
        period: `day`, `week` or `month`.
        first: the first store-day.
        last: the last store-day.
        dashboard: the numbers, compared with the days before, by weekday.
        incidents: those that were open in the period, newest first.
        days: public holidays and notes, by date.
    """

    period: Period
    first: date
    last: date
    dashboard: Dashboard
    incidents: Sequence[IncidentRow]
    days: Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a report, as text."""

    name: str
    value: str
    comparison: str


def subject_of(report: Report) -> str:
    """Return the subject of the mail."""
    return " ".join(f"{report.dashboard.name}: {_title(report)}".split())


def text_of(report: Report) -> str:
    """Return the report as plain text, with the place of the link to unsubscribe."""
    figures = [f"{each.name}: {each.value} ({each.comparison})" for each in _figures(report)]
    parts = [f"{report.dashboard.name}\n{_title(report)}", "\n".join(figures), "\n".join(_uncertainties(report))]
    parts += ["\n".join(f"{day}: {note}" for day, note in report.days)]
    if report.incidents:
        parts.append("Incidents:\n" + "\n".join(_incidents(report)))
    return "\n\n".join(filter(None, [*parts, f"{_FOOTER}\n{UNSUBSCRIBE_LINK}"])) + "\n"


def html_of(report: Report) -> str:
    """Return the report as HTML, with the place of the link to unsubscribe."""
    figures = "".join(
        f'<tr><td style="{MAIL_FONT}padding:8px 16px;font-size:14px;line-height:20px;color:#475569">'
        f"{escape(each.name)}</td>"
        f'<td align="right" style="{MAIL_FONT}padding:8px 16px;font-size:18px;line-height:22px;color:#0f172a">'
        f"<b>{escape(each.value)}</b>"
        f'<div style="font-size:12px;line-height:16px;color:#475569">{escape(each.comparison)}</div></td></tr>'
        for each in _figures(report)
    )
    lists = _list("How certain the numbers are", list(_uncertainties(report)))
    lists += _list("Special days", [f"{day}: {note}" for day, note in report.days])
    lists += _list("Incidents", list(_incidents(report)))
    title = (
        f'<tr><td colspan="2" style="{MAIL_FONT}padding:16px;color:#0f172a;word-break:break-word">'
        f'<div style="font-size:20px;line-height:26px;font-weight:bold">{escape(report.dashboard.name)}</div>'
        f'<div style="font-size:14px;line-height:20px;color:#475569">{escape(_title(report))}</div></td></tr>'
    )
    return mail_page(f"{title}{figures}{lists}", f"{escape(_FOOTER)}<br>{UNSUBSCRIBE_LINK}", columns=2)


def _list(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    text = "<br>".join(map(escape, lines))
    return (
        f'<tr><td colspan="2" style="{MAIL_FONT}padding:16px;border-top:1px solid #cbd5e1;font-size:14px;'
        f'line-height:20px;color:#0f172a;word-break:break-word"><b>{escape(title)}</b><br>{text}</td></tr>'
    )


def _title(report: Report) -> str:
    days = f"{report.first:%Y-%m-%d}" if report.first == report.last else f"{report.first} to {report.last}"
    return f"{_NAMES[report.period]} report, {days}"


def _figures(report: Report) -> Iterator[Figure]:
    kpis = report.dashboard.kpis
    yield _figure("Visitors", kpis.visitors, "{:,.0f}")
    if report.period is not Period.DAY:
        yield _figure("Visitors per day", kpis.visitors_per_day, "{:,.0f}")
    yield _figure("Mean time inside", kpis.dwell_s, "{:,.1f} min", 1 / 60)
    yield _figure("People inside on average", kpis.occupancy_average, "{:,.1f}")
    yield _figure("Most people inside", kpis.occupancy_peak, "{:,.0f}")
    peak, before = kpis.peak_hour.hour, kpis.peak_hour.baseline_hour
    hour = "unknown" if peak is None else f"{peak:02}:00 to {peak + 1:02}:00"
    yield Figure("Peak hour", hour, "nothing to compare with" if before is None else f"before: {before:02}:00")


def _figure(name: str, kpi: Kpi, form: str, factor: float = 1.0) -> Figure:
    value = "unknown" if kpi.value is None else form.format(kpi.value * factor)
    if kpi.baseline is None:
        comparison = "nothing to compare with"
    else:
        comparison = f"before: {form.format(kpi.baseline * factor)}"
        if kpi.comparable is not None and kpi.comparable != kpi.value:
            comparison = f"{form.format(kpi.comparable * factor)} on the compared days, {comparison}"
        comparison += "" if kpi.change is None else f", {kpi.change:+.0%}"
    if kpi.note is not None:
        comparison = f"{comparison}; {_NOTES[kpi.note]}"
    return Figure(name, value, comparison)


def _uncertainties(report: Report) -> Iterator[str]:
    dashboard = report.dashboard
    visitors = dashboard.kpis.visitors
    is_pending = visitors.note is Note.PENDING or (
        visitors.value is None and any(bucket.state is BucketState.PENDING for bucket in dashboard.buckets)
    )
    if dashboard.coverage is not None:
        yield f"{dashboard.coverage:.0%} of the open time was observed."
    elif is_pending:
        yield "How much of the open time was observed is not known yet."
    else:
        yield "Nothing was observed, or the store was closed."
    if is_pending:
        yield "Crossings may still arrive: these numbers can rise."
    if dashboard.compare is not None and dashboard.compare.note is Note.LINE_CHANGED:
        yield "The counting line changed, so the days before cannot be compared."
    if dashboard.compare is not None and (left_out := dashboard.compare.days_left_out):
        days = "1 day is" if left_out == 1 else f"{left_out} days are"
        yield f"{days} not compared: other opening hours on a special day."
    if unmatched := dashboard.kpis.unmatched_exits.value:
        yield f"{unmatched:,.0f} exits of people who were not counted when they came in."
    if dashboard.provenance.generated or dashboard.provenance.simulated:
        yield "Some of the crossings were not counted by a camera: they are generated or simulated."


def _incidents(report: Report) -> Iterator[str]:
    for incident in report.incidents[:MAX_INCIDENTS]:
        title, camera = INCIDENT_TITLES[incident.type], incident.camera_name
        yield f"{title}, {camera}: {_duration(incident.started_at, incident.ended_at)}"
    if len(report.incidents) > MAX_INCIDENTS:
        yield f"and {len(report.incidents) - MAX_INCIDENTS} more"


def _duration(start: datetime, end: datetime | None) -> str:
    """Return from when until when, with the offsets where the clocks changed meanwhile."""
    if end is None:
        return f"from {start:%Y-%m-%d %H:%M}, not ended"
    form = "%Y-%m-%d %H:%M" if start.utcoffset() == end.utcoffset() else "%Y-%m-%d %H:%M (UTC%z)"
    return f"from {start.strftime(form)}, until {end.strftime(form)}"
