"""`python -m local.s3`: serve S3 until SIGTERM."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

from local.errors import LocalError
from local.loopback import require_loopback
from local.s3.persistent_s3 import ObjectFolder, PersistentS3, restore


def main() -> int:
    """Serve until SIGTERM; return 1 and print one sentence when the server cannot start."""
    parser = argparse.ArgumentParser(prog="python -m local.s3", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where objects are kept")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--bucket", required=True, help="created at start")
    parser.add_argument("--region", required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    try:
        require_loopback(arguments.host, "the local S3")
        objects = ObjectFolder(arguments.folder)
        count = restore(objects, arguments.bucket, arguments.region)
    except (LocalError, OSError, ValueError) as error:
        print(f"s3: {error}", file=sys.stderr)
        return 1
    logging.getLogger(__name__).info("bucket %s with %d objects", arguments.bucket, count)
    application = PersistentS3(DomainDispatcherApplication(create_backend_app), objects)
    run_simple(arguments.host, arguments.port, application, threaded=True, request_handler=MotoRequestHandler)
    return 0


if __name__ == "__main__":
    sys.exit(main())
