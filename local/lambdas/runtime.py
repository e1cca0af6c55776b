"""One Lambda process on one machine: events come as lines of JSON on stdin, answers leave as lines on descriptor 3.

What stdout and stderr carry is log and nothing else. An exception of the handler is an answer of its own
(`errorType`), as in Lambda; the process lives on. When stdin ends, the parent is gone, and so is this process.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from importlib import import_module
from typing import Any

ANSWERS = 3


class Context:
    """The part of Lambda's context object that handlers may count on."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.aws_request_id: str = given["requestId"]
        self.function_name: str = given["functionName"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = f"arn:aws:lambda:local:000000000000:function:{self.function_name}"
        self.memory_limit_in_mb: int = given["memorySize"]
        self._deadline = time.monotonic() + given["timeoutMs"] / 1000

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def main() -> None:
    sys.path.insert(0, str(os.getcwd()))  # noqa: PTH109 - no pathlib for one call in a process that must start fast
    module_name, _, name = sys.argv[1].rpartition(".")
    try:
        handler = getattr(import_module(module_name), name)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is why this Lambda does not start
        sys.exit(f"{sys.argv[1]} does not start: {type(error).__name__}: {error}")
    with os.fdopen(ANSWERS, "w", buffering=1) as answers:
        print(json.dumps({"ready": True}), file=answers)
        for line in sys.stdin:
            invocation = json.loads(line)
            try:
                answer = {"result": handler(invocation["event"], Context(invocation["context"]))}
            except Exception as error:  # noqa: BLE001 - the runtime reports it, as Lambda's does
                traceback.print_exc()
                answer = {"error": {"errorType": type(error).__name__, "errorMessage": str(error)}}
            print(json.dumps(answer), file=answers)


if __name__ == "__main__":
    main()
