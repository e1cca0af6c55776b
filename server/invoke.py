"""One run of a scheduled function, in a process of its own."""

from __future__ import annotations

import json
import time
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from server.functions import Function
from server.process_environment import load_environment


class Context:
    """The part of Lambda's context object that handlers may use."""

    def __init__(self, function: Function) -> None:
        self.aws_request_id = str(uuid4())
        self.function_name = function.name
        self._deadline = time.monotonic() + function.timeout_s

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the timeout."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def invoke(function: Function, configuration: Path) -> str:
    """Run a function once, and return its result as JSON.

    Args:
        function: the function.
        configuration: the folder with its environment.

    Raises:
        InstallationError: the environment is missing.
        Exception: what the function raised.
    """
    load_environment(function, configuration)
    module, _, attribute = function.handler.rpartition(".")
    handler = getattr(import_module(module), attribute)
    result: Any = handler({}, Context(function))
    return json.dumps(result, default=str)
