"""`python -m local.simulator`: a worker with a simulated camera.

METRICA_API_URL, METRICA_WORKER_KEY and METRICA_CAMERA_ID are set as for `metrica-edge run`.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from pathlib import Path

from edge_worker import logs
from edge_worker.cli import worker_version
from edge_worker.errors import EdgeError
from edge_worker.limits import HEARTBEAT_INTERVAL_S
from edge_worker.running.options import Connection, RunOptions, parse_api_url, parse_uuid, parse_worker_key
from edge_worker.running.session import Session
from local.simulator.simulated_feed import SimulatedFeed


def main() -> int:
    """Run until a signal; return the exit code, as `metrica-edge run`."""
    parser = argparse.ArgumentParser(prog="python -m local.simulator", description="Sends simulated crossings.")
    parser.add_argument("--outbox", type=Path, required=True, metavar="FILE", help="the file of unsent crossings")
    parser.add_argument("--status-file", type=Path, metavar="FILE", help="JSON, rewritten twice a second")
    parser.add_argument(
        "--heartbeat-s", type=float, default=HEARTBEAT_INTERVAL_S, metavar="S", help="seconds between heartbeats (30)"
    )
    parser.add_argument(
        "--seed", type=int, default=None, metavar="N", help="random seed of the visitors (the current time)"
    )
    arguments = parser.parse_args()
    logs.set_up("text", logging.INFO)
    feed = SimulatedFeed(time.time_ns() if arguments.seed is None else arguments.seed)
    try:
        connection = Connection.of(source="simulator", api=None, key=None, camera=None)
        options = RunOptions(
            source=connection.source,
            api_url=parse_api_url(connection.api),
            key=parse_worker_key(connection.key),
            camera_id=parse_uuid(connection.camera, "the camera"),
            outbox=arguments.outbox,
            status_file=arguments.status_file,
            heartbeat_s=arguments.heartbeat_s,
        )
        return Session(options, lambda *_: feed, worker_version()).run()
    except EdgeError as error:
        print(f"simulator: {error}", file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
