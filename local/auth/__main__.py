"""`python -m local.auth`: serve the local auth until SIGTERM."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

import uvicorn

from local.auth.app import create_app
from local.auth.service import AuthService
from local.errors import LocalError
from local.loopback import require_loopback


def main() -> int:
    """Serve until SIGTERM; return 1 and print one sentence when the server cannot start."""
    parser = argparse.ArgumentParser(prog="python -m local.auth", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where users and keys are kept")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--site-url", required=True, help="the page that links lead to by default")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        require_loopback(arguments.host, "the local auth")
        public_url = f"http://{arguments.host}:{arguments.port}"
        service = AuthService.open(arguments.folder, public_url=public_url, site_url=arguments.site_url)
    except (LocalError, OSError) as error:
        print(f"auth: {error}", file=sys.stderr)
        return 1
    uvicorn.run(create_app(service), host=arguments.host, port=arguments.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
