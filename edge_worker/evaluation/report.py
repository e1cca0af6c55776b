"""Reports of scores: a table and a JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edge_worker.crossing import Direction
from edge_worker.evaluation.score import Score, total_score

_HEADER = ("clip", "hits", "missed", "extra", "IN", "OUT", "precision", "recall", "net error")


def table(scores: Sequence[tuple[str, Score]]) -> str:
    """Return a table with one row per clip and, for several clips, their total; IN and OUT as hits/labelled."""
    rows = [_row(name, score) for name, score in scores]
    if len(scores) > 1:
        rows.append(_row("all", total_score([score for _, score in scores])))
    widths = [max(len(row[i]) for row in [_HEADER, *rows]) for i in range(len(_HEADER))]
    lines = [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in [_HEADER, *rows]
    ]
    return "\n".join(lines)


def details(name: str, score: Score) -> list[str]:
    """Return one line per missed and per extra crossing."""
    missed = [f"{name}: missed {c.direction} at {c.t:.2f} s" for c in score.missed]
    return missed + [f"{name}: extra {c.direction} at {c.t:.2f} s (track {c.tracker_id})" for c in score.extra]


def document(scores: Sequence[tuple[str, Score]]) -> dict[str, Any]:
    """Return the JSON object of ``metrica-edge score --json``."""
    return {
        "clips": [{"clip": name, **_figures(score)} for name, score in scores],
        "all": _figures(total_score([score for _, score in scores])),
    }


def _row(name: str, score: Score) -> tuple[str, ...]:
    by_direction = [score.of_direction(direction) for direction in (Direction.IN, Direction.OUT)]
    return (
        name,
        str(len(score.hits)),
        str(len(score.missed)),
        str(len(score.extra)),
        *(f"{len(one.hits)}/{len(one.hits) + len(one.missed)}" for one in by_direction),
        f"{score.precision:.1%}",
        f"{score.recall:.1%}",
        f"{score.net_error:+d}" if score.net_error else "0",
    )


def _figures(score: Score) -> dict[str, Any]:
    return {
        "hits": len(score.hits),
        "missed": [{"t": c.t, "direction": c.direction.value} for c in score.missed],
        "extra": [
            {"t": round(c.t, 3), "direction": c.direction.value, "tracker_id": c.tracker_id} for c in score.extra
        ],
        "precision": score.precision,
        "recall": score.recall,
        "net_error": score.net_error,
    }
