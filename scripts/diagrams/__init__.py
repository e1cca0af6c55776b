"""The diagrams of docs/architecture.md: `python -m scripts.diagrams` writes them into docs/images/architecture."""
