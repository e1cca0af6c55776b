"""Write the diagrams."""

from __future__ import annotations

from pathlib import Path

from scripts.diagrams.content import DIAGRAMS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images" / "architecture"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, diagram in DIAGRAMS.items():
        (FOLDER / name).write_text(diagram.svg())
