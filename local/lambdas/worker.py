"""The Python process of one Lambda: reads requests from stdin, one JSON line each, and answers on descriptor 3.

stdout and stderr belong to the handler and go to the log. An exception of the handler is answered as an error, with its
traceback in the log, and the process goes on, as in Lambda. The end of stdin is the end.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from typing import Any


class Context:
    """Lambda's context object, as far as Python handlers use it."""

    def __init__(self, fields: dict[str, Any], deadline_ms: float) -> None:
        self.function_name: str = fields["functionName"]
        self.function_version: str = fields["functionVersion"]
        self.invoked_function_arn: str = fields["invokedFunctionArn"]
        self.memory_limit_in_mb: str = fields["memoryLimitInMB"]
        self.aws_request_id: str = fields["awsRequestId"]
        self.log_group_name: str = fields["logGroupName"]
        self.log_stream_name: str = fields["logStreamName"]
        self.identity = None
        self.client_context = None
        self._deadline_ms = deadline_ms

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the Lambda is ended, at least 0."""
        return max(0, int(self._deadline_ms - time.time() * 1000))


def main() -> int:
    """Serve one handler, `MODULE NAME` on the command line."""
    module_name, handler_name = sys.argv[1:3]
    sys.path[0] = os.getcwd()  # noqa: PTH109 the code's folder, where Lambda unpacks it, instead of this script's
    answers = os.fdopen(3, "w", encoding="utf-8")
    handler = getattr(importlib.import_module(module_name), handler_name)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = handler(request["event"], Context(request["context"], request["deadline_ms"]))
            answer = json.dumps({"result": result})
        except Exception as error:  # noqa: BLE001 whatever a handler raises is that handler's answer
            traceback.print_exc()
            answer = json.dumps({"error": f"{type(error).__name__} in the handler"})
        answers.write(answer + "\n")
        answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
