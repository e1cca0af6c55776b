"""Every shell command of the README and of docs/ is run by a test, or its page says why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs_commands import ROOT, Fence, page_command, pages, read_fences

RUNBOOKS = {"docs/aws.md": "tests/integration/deploy/aws/test_runbook.py"}
"""Pages whose fences without a mark are all run, in their order, by a test that reads the page."""
FENCES = [fence for page in pages() for fence in read_fences(page) if fence.page not in RUNBOOKS]


def taken_commands() -> Iterator[tuple[str, str, str]]:
    """Yield (page, command, test) of each call of `page_command` with constants in a test."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path == Path(__file__) or "page_command" not in (text := path.read_text(encoding="utf-8")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page_command":
                page, command = (argument.value for argument in node.args if isinstance(argument, ast.Constant))
                yield str(page), str(command), path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("fence", FENCES, ids=lambda fence: f"{fence.page}:{fence.line}")
def test_a_command_is_run_by_a_test_or_the_page_says_why_not(fence: Fence) -> None:
    assert fence.commands
    if fence.reason is not None:
        assert len(fence.reason.split()) >= 3, "say why"
        return
    taken = {(page, command) for page, command, _ in taken_commands()}
    missing = [command for command in fence.commands if (fence.page, command) not in taken]
    assert missing == [], "take it from the page with page_command() in a test that runs it, or mark the fence"


def test_every_command_that_a_test_takes_is_on_its_page() -> None:
    taken = list(taken_commands())
    assert len(taken) >= 8
    for page, command, test in taken:
        assert page_command(page, command), test


def test_a_runbook_is_read_by_its_test() -> None:
    for page, test in RUNBOOKS.items():
        assert page in (ROOT / test).read_text(encoding="utf-8")
        assert any(fence.reason is None for fence in read_fences(ROOT / page))


def test_every_mark_stands_above_a_fence() -> None:
    marks = sum(page.read_text(encoding="utf-8").count("<!-- not-run:") for page in pages() if _is_checked(page))
    assert marks == sum(fence.reason is not None for fence in FENCES)


def _is_checked(page: Path) -> bool:
    return page.relative_to(ROOT).as_posix() not in RUNBOOKS


def test_a_fence_is_read_with_its_mark_and_without_comments_and_output(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- not-run: needs a camera -->\n```console\n$ doctor --source x # a comment\nok    source\n```\n\n"
        "```sh\n# only a comment\nfirst --option \\\n  value   # what it does\nsecond '#1'\n```\n\n```json\n{}\n```\n"
    )
    assert read_fences(page) == [
        Fence("page.md", 1, ("doctor --source x",), "needs a camera"),
        Fence("page.md", 7, ("first --option value", "second '#1'"), None),
    ]


def test_a_command_of_a_marked_fence_or_of_no_page_is_not_given_to_a_test() -> None:
    marked = next(fence for fence in FENCES if fence.reason is not None)
    with pytest.raises(LookupError):
        page_command(marked.page, marked.commands[0])
    with pytest.raises(LookupError):
        page_command("README.md", "rm --recursive /")
