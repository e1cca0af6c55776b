"""`python -m local.spa`: serve one built SPA until SIGTERM."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import uvicorn

from local.errors import LocalError
from local.loopback import require_loopback
from local.spa.app import SpaConfig, create_app


def main() -> int:
    """Serve until SIGTERM; return 1 and print one sentence when the server cannot start."""
    parser = argparse.ArgumentParser(prog="python -m local.spa", description=__doc__)
    parser.add_argument("--dist", type=Path, required=True, help="the folder that `vite build` wrote")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api-url", required=True)
    parser.add_argument("--supabase-url", required=True)
    parser.add_argument("--supabase-anon-key", required=True)
    parser.add_argument("--images-url", required=True, help="where snapshots are loaded from")
    arguments = parser.parse_args()
    try:
        require_loopback(arguments.host, "the local page server")
    except LocalError as error:
        print(f"spa: {error}", file=sys.stderr)
        return 1
    config = SpaConfig(
        api_url=arguments.api_url,
        supabase_url=arguments.supabase_url,
        supabase_anon_key=arguments.supabase_anon_key,
        images_url=arguments.images_url,
    )
    uvicorn.run(create_app(arguments.dist, config), host=arguments.host, port=arguments.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
