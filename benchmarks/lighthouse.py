"""The scores of Lighthouse for the dashboard's pages, signed in: desktop preset, median of five.

Playwright signs in to a Chromium with a profile of its own and leaves it; Lighthouse then drives the same Chromium.
Each run has an empty cache. Lighthouse does not delete the local storage, where the session is.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from benchmarks.row import Row, at_least, figure, missing
from benchmarks.signed_in import SignedInDashboard, sign_in, signed_in_dashboard
from local.errors import LocalError, MissingToolError
from local.stack.prerequisites import require_node
from screenshots.browser import chromium_flags, chromium_path

ROOT: Final = Path(__file__).resolve().parent.parent
LIGHTHOUSE: Final = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
REPORTS: Final = ROOT / "build" / "lighthouse"
CATEGORIES: Final = ("performance", "accessibility", "best-practices")
RUNS: Final = 5
MIN_SCORE: Final = 95
_START_TIMEOUT_S: Final = 30.0
_RUN_TIMEOUT_S: Final = 180


def rows() -> list[Row]:
    """Return a row for each page and category; takes about five minutes. The reports are in build/lighthouse."""
    try:
        with signed_in_dashboard() as dashboard, signed_in_chromium(dashboard) as port:
            return list(measure(dashboard, port))
    except LocalError as error:
        return [missing("web.lighthouse", "", str(error))]


def measure(dashboard: SignedInDashboard, port: int, count: int = RUNS) -> Iterator[Row]:
    """Yield the rows of each page: the median of `count` runs in the Chromium on a debugging port."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    speeds: list[float] = []
    for name, address in dashboard.pages.items():
        reports = []
        for run in range(count):
            dashboard.showcase.advance()
            reports.append(_audit(address, port, REPORTS / f"{name}-{run + 1}.json"))
        speeds += [report["environment"]["benchmarkIndex"] for report in reports]
        for category in CATEGORIES:
            score = statistics.median(100 * report["categories"][category]["score"] for report in reports)
            key = f"web.lighthouse_{name}_{category.replace('-', '_')}"
            yield at_least(key, score, MIN_SCORE, "", f"Lighthouse, desktop; median of {count}")
        for audit, unit in (("largest-contentful-paint", "ms"), ("total-blocking-time", "ms")):
            value = statistics.median(report["audits"][audit]["numericValue"] for report in reports)
            yield figure(f"web.lighthouse_{name}_{audit.replace('-', '_')}", value, unit, "simulated by Lighthouse")
    note = "Lighthouse's measure of the CPU; below 1,500 the performance scores say little"
    yield figure("web.lighthouse_benchmark_index", statistics.median(speeds), "", note)


def _audit(address: str, port: int, output: Path) -> dict[str, Any]:
    """Run Lighthouse once and return its report.

    Raises:
        RuntimeError: Lighthouse failed, or was on another page than the asked one.
    """
    command = [
        *(require_node(), str(LIGHTHOUSE), address, f"--port={port}", "--preset=desktop", "--quiet"),
        *("--output=json", f"--output-path={output}", f"--only-categories={','.join(CATEGORIES)}"),
        "--no-enable-error-reporting",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_RUN_TIMEOUT_S)
    if result.returncode:
        raise RuntimeError(f"Lighthouse failed on {address}: {result.stderr[-600:]}")
    report: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    if report["finalDisplayedUrl"] != address or "runtimeError" in report:
        raise RuntimeError(f"Lighthouse measured {report['finalDisplayedUrl']} instead of {address}")
    return report


@contextmanager
def signed_in_chromium(dashboard: SignedInDashboard) -> Iterator[int]:
    """Start Chromium, sign in, and yield its debugging port for a `with` block.

    Raises:
        MissingToolError: There is no Chromium, or it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="metrica-lighthouse-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        flags = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", *chromium_flags()]
        process = subprocess.Popen(
            [_executable(), *flags, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            port = _debugging_port(profile, process)
            with sync_playwright() as playwright:
                browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
                page = browser.contexts[0].new_page()
                page.goto(dashboard.address)
                sign_in(page, dashboard.email)
                page.close()
                browser.close()  # disconnects
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def _executable() -> str:
    found = chromium_path()
    if found is not None:
        return found
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        raise MissingToolError("there is no Chromium: install it, or run `playwright install chromium`")
    return path


def _debugging_port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """Return the port that Chromium has chosen, once it listens."""
    written = profile / "DevToolsActivePort"
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not (written.exists() and written.read_text(encoding="utf-8").count("\n")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise MissingToolError(f"Chromium does not start within {_START_TIMEOUT_S:g} s: {_executable()}")
        time.sleep(0.05)
    return int(written.read_text(encoding="utf-8").splitlines()[0])


if __name__ == "__main__":
    sys.exit(print("\n".join(f"{row.name} {row.value} {row.unit} {row.budget}" for row in rows())))
