"""Reports of scores: a table, exact confidence intervals and a JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accuracy.intervals import clopper_pearson, garwood
from edge_worker.crossing import Direction
from edge_worker.evaluation.line_score import LineScore
from edge_worker.evaluation.score import Score, total_score

_HEADER = ("line", "frames", "hits", "missed", "extra", "IN", "OUT", "precision", "recall", "net error")
_LEFT_ALIGNED = 2
RATES = {1: "full rate", 2: "half rate", 3: "a third of the rate"}


def table(scores: Sequence[LineScore]) -> str:
    """Return a table with a row per line and rate, and their totals; IN and OUT as hits/labelled."""
    rows = [_row(one.name, one.every, one.score) for one in scores]
    totals = _totals(scores)
    if len(scores) > len(totals):
        rows += [_row("all", every, score) for every, score in totals]
    widths = [max(len(row[i]) for row in [_HEADER, *rows]) for i in range(len(_HEADER))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i < _LEFT_ALIGNED else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [_HEADER, *rows]
    )


def intervals(scores: Sequence[LineScore]) -> list[str]:
    """Return one line per rate with the error rate, recall and precision and their exact 95 % intervals."""
    lines = []
    for every, score in _totals(scores):
        wrong = score.wrong
        text = f"{RATES.get(every, f'1/{every} of the rate')}: {wrong} wrong of {score.labelled}"
        if score.labelled:
            low, high = (100 * limit / score.labelled for limit in garwood(wrong))
            text += f", {100 * wrong / score.labelled:.1f} per 100 crossings ({low:.1f} to {high:.1f})"
        recall, precision = (_percent(share) for share in (_recall_interval(score), _precision_interval(score)))
        lines.append(f"{text}; recall {score.recall:.1%} ({recall}), precision {score.precision:.1%} ({precision})")
    return lines


def offsets(scores: Sequence[LineScore]) -> list[str]:
    """Return one line for each line whose labels were moved, and for each whose labels seem to be early or late."""
    lines = []
    for name in dict.fromkeys(one.name for one in scores):
        of_line = [one for one in scores if one.name == name]
        if of_line[0].moved_s:
            lines.append(f"{name}: {of_line[0].moved_s:+g} s were added to the labels")
        found = max((one.offset for one in of_line if one.offset is not None), key=lambda one: one.hits, default=None)
        if found is not None:
            lines.append(found.sentence(name))
    return lines


def details(one: LineScore) -> list[str]:
    """Return one line per missed and per extra crossing."""
    name = one.name if one.every == 1 else f"{one.name}, {RATES.get(one.every, f'1/{one.every} of the rate')}"
    missed = [f"{name}: missed {c.direction} at {c.t:.2f} s" for c in one.score.missed]
    return missed + [f"{name}: extra {c.direction} at {c.t:.2f} s (track {c.tracker_id})" for c in one.score.extra]


def document(scores: Sequence[LineScore]) -> dict[str, Any]:
    """Return the JSON object of ``metrica-edge score --json``."""
    return {
        "lines": [
            {
                "line": one.name,
                "every": one.every,
                "labels_moved_s": one.moved_s,
                "label_offset": None
                if one.offset is None
                else {"seconds": one.offset.seconds, "hits": one.offset.hits},
                **_figures(one.score),
            }
            for one in scores
        ],
        "all": [{"every": every, **_figures(score)} for every, score in _totals(scores)],
    }


def _totals(scores: Sequence[LineScore]) -> list[tuple[int, Score]]:
    rates = sorted({one.every for one in scores})
    return [(every, total_score([one.score for one in scores if one.every == every])) for every in rates]


def _row(name: str, every: int, score: Score) -> tuple[str, ...]:
    by_direction = [score.of_direction(direction) for direction in (Direction.IN, Direction.OUT)]
    return (
        name,
        "all" if every == 1 else f"1/{every}",
        str(len(score.hits)),
        str(len(score.missed)),
        str(len(score.extra)),
        *(f"{len(one.hits)}/{one.labelled}" for one in by_direction),
        f"{score.precision:.1%}",
        f"{score.recall:.1%}",
        f"{score.net_error:+d}" if score.net_error else "0",
    )


def _recall_interval(score: Score) -> tuple[float, float]:
    return clopper_pearson(len(score.hits), score.labelled)


def _precision_interval(score: Score) -> tuple[float, float]:
    return clopper_pearson(len(score.hits), len(score.hits) + len(score.extra))


def _percent(interval: tuple[float, float]) -> str:
    return " to ".join(f"{limit:.1%}" for limit in interval)


def _figures(score: Score) -> dict[str, Any]:
    return {
        "labelled": score.labelled,
        "hits": len(score.hits),
        "missed": [{"t": c.t, "direction": c.direction.value} for c in score.missed],
        "extra": [
            {"t": round(c.t, 3), "direction": c.direction.value, "tracker_id": c.tracker_id} for c in score.extra
        ],
        "wrong_interval": garwood(score.wrong),
        "precision": score.precision,
        "precision_interval": _precision_interval(score),
        "recall": score.recall,
        "recall_interval": _recall_interval(score),
        "net_error": score.net_error,
    }
