"""The runtime of one Lambda process: reads events as lines of JSON on stdin, writes responses to descriptor 3.

Stdout and stderr are the log. An exception of the handler becomes a response with `errorType`, as in Lambda, and the
process continues. It ends when stdin closes, that is, with its parent.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from importlib import import_module
from typing import Any

RESPONSES_FD = 3


class Context:
    """The part of Lambda's context object that handlers may use."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.aws_request_id: str = fields["requestId"]
        self.function_name: str = fields["functionName"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = f"arn:aws:lambda:local:000000000000:function:{self.function_name}"
        self.memory_limit_in_mb: int = fields["memorySize"]
        self._deadline = time.monotonic() + fields["timeoutMs"] / 1000

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the timeout of this invocation."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


def main() -> None:
    """Import the handler named in the first argument and answer events until stdin closes."""
    sys.path.insert(0, str(os.getcwd()))  # noqa: PTH109 - importing pathlib would slow the start
    module_name, _, name = sys.argv[1].rpartition(".")
    try:
        handler = getattr(import_module(module_name), name)
    except Exception as error:  # noqa: BLE001 - any error means that this Lambda does not start
        sys.exit(f"{sys.argv[1]} failed to start: {type(error).__name__}: {error}")
    with os.fdopen(RESPONSES_FD, "w", buffering=1) as responses:
        print(json.dumps({"ready": True}), file=responses)
        for line in sys.stdin:
            invocation = json.loads(line)
            try:
                response = {"result": handler(invocation["event"], Context(invocation["context"]))}
            except Exception as error:  # noqa: BLE001 - reported to the caller, as in Lambda
                traceback.print_exc()
                response = {"error": {"errorType": type(error).__name__, "errorMessage": str(error)}}
            print(json.dumps(response), file=responses)


if __name__ == "__main__":
    main()
