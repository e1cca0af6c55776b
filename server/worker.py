"""The scheduled functions: each run is a process of its own, started at its rate and ended at its timeout.

As with Lambda's reserved concurrency of 1, a function never runs twice at once. A run that failed is repeated at the
next time; every function is made for that. `/healthz` answers 503 when a function has not succeeded for three periods.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.functions import SCHEDULED, Function

logger = logging.getLogger(__name__)

PERIODS_UNTIL_UNHEALTHY = 3


@dataclass
class Schedule:
    """The runs of one function.

    Attributes:
        function: The function.
        configuration: The folder with its environment.
        last_success: Monotonic time of the end of the last run that succeeded, or of the start of the worker.
        runs: How many runs have ended.
        last_result: `ok`, or how the last run failed.
    """

    function: Function
    configuration: Path
    last_success: float = field(default_factory=time.monotonic)
    runs: int = 0
    last_result: str = "has not run yet"

    @property
    def period_s(self) -> int:
        """Seconds between the starts of two runs."""
        return self.function.every_s or 0

    @property
    def is_healthy(self) -> bool:
        """Whether a run has succeeded within three periods, and the time that a run may take."""
        limit = PERIODS_UNTIL_UNHEALTHY * self.period_s + self.function.timeout_s
        return time.monotonic() - self.last_success < limit

    async def run_forever(self) -> None:
        """Run the function at its rate until the task is cancelled. The first run is at once."""
        while True:
            started = time.monotonic()
            await self.run_once()
            await asyncio.sleep(max(0.0, started + self.period_s - time.monotonic()))

    async def run_once(self) -> None:
        """Run the function once, and log how it failed, if it did."""
        name = self.function.name
        command = [sys.executable, "-m", "server", "invoke", name, "--config", str(self.configuration)]
        process = await asyncio.create_subprocess_exec(*command)
        try:
            code = await asyncio.wait_for(process.wait(), self.function.timeout_s)
            self.last_result = "ok" if code == 0 else f"ended with exit code {code}"
        except TimeoutError:
            self.last_result = f"was ended after {self.function.timeout_s} s"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        self.runs += 1
        if self.last_result == "ok":
            self.last_success = time.monotonic()
        else:
            logger.error("%s %s", name, self.last_result)


def make_app(configuration: Path) -> Starlette:
    """Return the application that runs the functions while it is served, and answers `/healthz`."""
    schedules = [Schedule(function, configuration) for function in SCHEDULED]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(schedule.run_forever()) for schedule in schedules]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def healthz(_: Request) -> Response:
        results = {one.function.name: {"runs": one.runs, "last_result": one.last_result} for one in schedules}
        return JSONResponse(results, 200 if all(one.is_healthy for one in schedules) else 503)

    return Starlette(routes=[Route("/healthz", healthz)], lifespan=lifespan)


def work(configuration: Path, host: str, port: int) -> None:
    """Run the scheduled functions until SIGTERM."""
    uvicorn.run(make_app(configuration), host=host, port=port, access_log=False, log_level="warning", log_config=None)
