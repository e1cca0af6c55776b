"""The supervisor with real processes that behave as badly as workers can."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from _thread import interrupt_main
from collections.abc import Callable
from pathlib import Path

import pytest

from edge_worker.health.verdict import ailments
from edge_worker.supervisor import warden as supervision
from edge_worker.supervisor.fleet import Launch
from edge_worker.supervisor.warden import Warden
from edge_worker.uplink.backoff import Backoff

SPEAKS = "import os; say = lambda text: os.write(int(os.environ['METRICA_STATUS_FD']), text.encode() + b'\\n')\n"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "RESTARTS", Backoff(first_s=0.01, cap_s=0.02))


def worker(name: str, program: str, **environment: str) -> Launch:
    return Launch(name, (sys.executable, "-c", SPEAKS + program), environment)


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def run_until(fleet: list[Launch], enough: Callable[[Warden], bool]) -> tuple[int, Warden]:
    """Supervises until ``enough``; then its handler of SIGTERM runs: a real one would end all tests of this process."""
    warden = Warden(fleet)
    done = threading.Event()

    def watch() -> None:
        while not enough(warden) and not done.wait(0.01):
            pass
        if not done.is_set():
            interrupt_main(signal.SIGTERM)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return warden.run(), warden
    finally:
        done.set()
        watcher.join()


def test_workers_that_end_by_themselves_end_the_supervisor_with_the_worst_of_their_codes() -> None:
    assert Warden([worker("a", "raise SystemExit(0)"), worker("b", "raise SystemExit(2)")]).run() == 2


def test_a_worker_that_dies_is_started_again_while_the_others_go_on(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    dies = f"open({str(lives)!r}, 'a').write('x'); os.kill(os.getpid(), 9)"
    goes_on = "say('{\"in\": 7}'); import time; time.sleep(60)"
    code, warden = run_until(
        [worker("dies", dies), worker("goes on", goes_on)],
        lambda w: lives.exists() and len(lives.read_text()) >= 3 and "in" in w.status()["cameras"]["goes on"],
    )
    assert code == 0
    assert warden.status()["cameras"]["goes on"]["in"] == 7
    assert warden.status()["cameras"]["dies"]["deaths"] >= 2


def test_a_worker_that_was_told_wrong_is_not_started_again(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    assert Warden([worker("a", f"open({str(lives)!r}, 'a').write('x'); raise SystemExit(2)")]).run() == 2
    assert lives.read_text() == "x"


def test_a_worker_whose_counting_is_stuck_is_killed_and_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "SILENT_S", 0.6)
    lives = tmp_path / "lives"
    stuck = f"""
import time
open({str(lives)!r}, 'a').write('x')
while True:
    say('{{"stuck": true}}')
    time.sleep(0.05)
"""
    run_until([worker("stuck", stuck)], lambda _: lives.exists() and len(lives.read_text()) >= 2)


def test_a_worker_that_counted_to_the_end_but_not_all_on_disk_is_not_started_to_count_it_again(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    assert Warden([worker("a", f"open({str(lives)!r}, 'a').write('x'); raise SystemExit(3)")]).run() == 3
    assert lives.read_text() == "x"


@pytest.mark.parametrize("nonsense", ['{"in": 7', "7", "", "[1]"])
def test_nonsense_from_one_worker_does_not_end_the_supervisor_of_all(nonsense: str) -> None:
    says_it_and_goes_on = f"say({nonsense!r}); say('{{\"in\": 7}}'); say({nonsense!r}); import time; time.sleep(60)"
    code, warden = run_until([worker("a", says_it_and_goes_on)], lambda w: w.status()["cameras"]["a"].get("in") == 7)
    assert code == 0
    assert warden.status()["cameras"]["a"]["deaths"] == 0


def test_a_worker_that_cannot_be_started_is_tried_again_while_the_others_go_on() -> None:
    gone = Launch("gone", ("/no/such/python", "-c", ""), {})
    goes_on = "say('{\"in\": 7}'); import time; time.sleep(60)"
    open_before = open_descriptors()
    code, warden = run_until(
        [gone, worker("goes on", goes_on)],
        lambda w: w.status()["cameras"]["gone"]["deaths"] >= 3 and "in" in w.status()["cameras"]["goes on"],
    )
    assert code == 0
    assert any("gone" in one for one in ailments(warden.status()))
    assert open_descriptors() <= open_before, "an attempt left a pipe open"


def test_sigterm_reaches_every_worker_and_they_may_drain(tmp_path: Path) -> None:
    def drains(name: str) -> str:
        return f"""
import signal, time
def drain(*_):
    open({str(tmp_path / name)!r}, 'w').write('drained')
    raise SystemExit(0)
signal.signal(signal.SIGTERM, drain)
say('{{"ready": true}}')
time.sleep(60)
"""

    code, _ = run_until(
        [worker("a", drains("a")), worker("b", drains("b"))],
        lambda w: all("ready" in camera for camera in w.status()["cameras"].values()),
    )
    assert code == 0
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["drained", "drained"]


def test_a_worker_notices_that_its_supervisor_is_gone() -> None:
    reader, writer = os.pipe()
    program = """
import os
from edge_worker.running.status import StatusPipe
pipe = StatusPipe()
pipe.say({})
print(pipe.orphaned, flush=True)
input()
pipe.say({})
print(pipe.orphaned)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "METRICA_STATUS_FD": str(writer)},
        pass_fds=(writer,),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(writer)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "False"
        os.close(reader)
        assert process.communicate("\n")[0].strip() == "True"
