"""Install the worker as a service of the user, which counts a camera now and after each restart of the machine."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from edge_worker.commands import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the subcommand."""
    parser = subparsers.add_parser("service", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("--source", metavar="FILE|URL", help="the address of the camera (METRICA_SOURCE)")
    parser.add_argument("--api", metavar="URL", help="the backend (METRICA_API_URL)")
    parser.add_argument(
        "--allow-http",
        action="append",
        metavar="HOST",
        help="a host that may be used without encryption (METRICA_ALLOW_HTTP)",
    )
    parser.add_argument(
        "--key", help="the worker key (METRICA_WORKER_KEY; every user of the machine can read an option)"
    )
    parser.add_argument("--camera", metavar="UUID", help="the camera's id (METRICA_CAMERA_ID)")
    parser.add_argument(
        "--no-start", action="store_true", help="write edge.toml, the key and the unit, and do not call systemd"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the files, start the service and return 0."""
    from edge_worker.running.options import Connection, allowed_http_hosts, parse_api_url, parse_uuid, parse_worker_key
    from edge_worker.service.installation import Camera, Files, start, write_files
    from edge_worker.supervisor.edge_file import read_edge_file
    from edge_worker.video.address import checked_source

    hosts = allowed_http_hosts(arguments.allow_http, os.environ)
    connection = Connection.of(source=arguments.source, api=arguments.api, key=arguments.key, camera=arguments.camera)
    camera = Camera(
        api_url=parse_api_url(connection.api, hosts),
        http_hosts=hosts,
        key=parse_worker_key(connection.key),
        camera_id=parse_uuid(connection.camera, "the camera"),
        source=checked_source(connection.source),
    )
    files = Files.of_user()
    program = Path(sys.prefix).absolute() / "bin" / "metrica-edge"
    models = Path(os.environ.get("METRICA_MODELS") or Path(sys.prefix) / "models").expanduser().absolute()
    write_files(files, camera, program=program, models=models)
    cameras = len(read_edge_file(files.config).cameras)
    print(f"settings  {files.config} ({cameras} {'camera' if cameras == 1 else 'cameras'})")
    print(f"unit      {files.unit}")
    if arguments.no_start:
        return 0
    start()
    print("started   now, and at each start of the machine")
    print("log       journalctl --user -fu metrica-edge")
    return 0
