"""Which worker of pytest-xdist runs which tests.

The tests of a module run on one worker, and so do those of all modules of a group, because they share something that is
slow to start, or would disturb each other. What takes longest starts first. For the rest, the order is that of the
folders: whole programs first, `tests/unit` last. So the workers end at about the same time.

The option `--dist loadgroup` of pytest-xdist does not group with pytest 9.2: it changes a field of the node id that
pytest no longer reads, https://github.com/pytest-dev/pytest-xdist/issues/1386.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

GROUPS = {
    "stack": (
        "tests/e2e/test_a_clip_reaches_the_page.py",
        "tests/e2e/test_lighthouse.py",
        "tests/e2e/web/",
        "tests/faults/local/test_killed_services.py",
        "tests/integration/local/demo/test_deliver_outbox.py",
        "tests/integration/local/lambdas/test_lambdas_on_one_machine.py",
        "tests/integration/local/simulator/",
        "tests/integration/local/spa/test_pages_in_a_browser.py",
        "tests/integration/local/stack/test_commands.py",
        "tests/integration/local/stack/test_doctor.py",
        "tests/integration/local/stack/test_stack.py",
        "tests/integration/local/stack/test_whole_stack.py",
    ),
    "several_backends_url": (
        "tests/integration/db/test_at_once.py",
        "tests/integration/db/test_managed_service.py",
        "tests/integration/functions/several_backends/",
        "tests/integration/server/test_pooler.py",
    ),
    "cameras in real time": (
        "tests/faults/edge_worker/test_capture_times.py",
        "tests/faults/edge_worker/test_live_equals_file.py",
        "tests/faults/edge_worker/test_live_views.py",
        "tests/faults/edge_worker/test_soak.py",
    ),
}
"""Modules and folders of a group. The first two have the name of a session fixture that is to start on one worker only.
Tests with cameras wait for minutes while a clip plays, and must not miss its frames: not two of them at once, and not
one beside the soak test, which takes all that it gets of the cores."""
STARTED_FIRST = (
    "stack",
    "cameras in real time",
    "tests/integration/functions/time_travel/test_a_month_of_three_stores.py",
)
"""The groups and the module that take longest: the month alone takes minutes, and ran while the other workers had
nothing left to do."""


def group_of(path: str) -> str:
    """Return the group of a test module, or the path of the module when it is in no group."""
    return next((group for group, paths in GROUPS.items() if path.startswith(paths)), path)


class ModuleScheduling(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist has no types
    """Sends the modules of a group to one worker; those of STARTED_FIRST before the others."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0])

    def _assign_work_unit(self, node: WorkerController) -> None:
        for group in reversed(STARTED_FIRST):
            if group in self.workqueue:
                self.workqueue.move_to_end(group, last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModuleScheduling:
    """Distribute the tests by module and group, whatever `--dist` says."""
    config.option.loadscopereorder = False  # it would put modules with many tests first, not those that take long
    return ModuleScheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test that uses the fixture of a group from a module outside it: the fixture would start twice."""
    path = item.nodeid.partition("::")[0]
    for group in GROUPS:
        if group in getattr(item, "fixturenames", ()) and group_of(path) != group:
            pytest.fail(f"{path} uses the fixture {group}: add it to GROUPS in tests/scheduling.py.", pytrace=False)
