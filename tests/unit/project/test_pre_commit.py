"""The pre-commit hooks are the steps of `make lint`."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
STEPS = {
    "ruff check": "ruff",
    "ruff format": "ruff-format",
    "mypy": "mypy",
    "lint-imports": "imports",
    "lint_queries.py": "queries",
    "typos": "typos",
    "npm run --silent lint": "biome",
    "npm run --silent typecheck": "typecheck",
}


def test_each_step_of_make_lint_has_a_hook() -> None:
    recipes = re.findall(r"^lint-(?:python|typescript):\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert len(recipes) == 2
    hooks = {
        hook["id"]
        for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
        for hook in repo["hooks"]
    }
    steps = {step: [hook for name, hook in STEPS.items() if name in step] for step in "".join(recipes).splitlines()}
    assert [step for step, found in steps.items() if not found] == []
    parts_of_npm_lint = {"eslint", "catalogues", "workflows", "drift"}
    assert {hook for found in steps.values() for hook in found} | parts_of_npm_lint == hooks
