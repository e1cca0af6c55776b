"""The systemd unit of the service. Pure."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent.parent / "deploy" / "metrica-edge-user.service"


def fill_in(template: str, *, program: Path, config: Path, models: Path) -> str:
    """Return the unit with its paths.

    Args:
        template: The text of ``TEMPLATE``.
        program: ``metrica-edge``.
        config: ``edge.toml``.
        models: The folder of the exported models.
    """
    return (
        template.replace("@PROGRAM@", _quoted(str(program)))
        .replace("@CONFIG@", _argument(str(config)))
        .replace("@MODELS@", _quoted(f"METRICA_MODELS={models}"))
    )


def _argument(text: str) -> str:
    """Return an argument of a command line: systemd also replaces ``$`` there, but not in the path of the program."""
    return _quoted(text).replace("$", "$$")


def _quoted(text: str) -> str:
    """Return a text as one word (systemd.syntax(7)), in which no specifier is replaced (systemd.unit(5))."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
