"""Count a camera or a file and deliver the crossings to the backend, until stopped."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from edge_worker.commands import Subparsers
from edge_worker.commands.count import add_policy_options, add_view_option
from edge_worker.limits import HEARTBEAT_INTERVAL_S

if TYPE_CHECKING:
    from edge_worker.running.options import RunOptions

_SINGLE_CAMERA_OPTIONS = (
    *("source", "api", "allow_http", "key", "camera", "outbox", "line", "anchor", "model", "threads", "motion_gate"),
    *("loop", "starts_at", "status_file", "min_stay_s", "ignore_children", "view"),
)


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the subcommand."""
    parser = subparsers.add_parser("run", help=(__doc__ or "").splitlines()[0], description=__doc__)
    connection = parser.add_argument_group("source and destination")
    connection.add_argument(
        "--source",
        metavar="FILE|URL",
        help="a video file, a stream, or a webcam such as 0 (METRICA_SOURCE)",
    )
    connection.add_argument("--api", metavar="URL", help="the backend (METRICA_API_URL)")
    connection.add_argument(
        "--allow-http",
        action="append",
        metavar="HOST",
        help="a host that may be used without encryption (METRICA_ALLOW_HTTP)",
    )
    connection.add_argument(
        "--key", help="the worker key (METRICA_WORKER_KEY; every user of the machine can read an option)"
    )
    connection.add_argument("--camera", metavar="UUID", help="the camera's id (METRICA_CAMERA_ID)")
    connection.add_argument("--outbox", type=Path, metavar="FILE", help="where crossings wait (METRICA_OUTBOX)")
    connection.add_argument("--outbox-limit-mb", type=int, default=1024, metavar="N", help="its largest size (1024)")
    connection.add_argument(
        "--config", type=Path, metavar="FILE", help="several cameras of one machine: see docs/edge.md"
    )
    counting = parser.add_argument_group("counting")
    counting.add_argument("--line", metavar="AX,AY,BX,BY", help="the line, while the backend has none for this camera")
    counting.add_argument("--anchor", choices=("center", "foot"), help="the point of the box that crosses")
    counting.add_argument(
        "--model", metavar="FILE[#CLASS]", help="the model (METRICA_MODELS, then models/), and the class to count"
    )
    counting.add_argument("--backend", default="auto", help="torch, onnx, openvino, litert, motion or auto")
    counting.add_argument(
        "--device", default="auto", help="cpu, gpu, npu or auto: a GPU that passes the check, or the CPU"
    )
    counting.add_argument("--threads", type=int, metavar="N", help="cores that inference may use (all)")
    counting.add_argument(
        "--motion-gate",
        action=argparse.BooleanOptionalAction,
        help="skip frames of an empty, still scene (default: for a camera, not for a file)",
    )
    add_view_option(parser)
    add_policy_options(parser)
    playing = parser.add_argument_group("file playback")
    playing.add_argument(
        "--pace", choices=("none", "real-time"), default="none", help="real-time: at the speed of a camera"
    )
    playing.add_argument("--loop", action="store_true", default=None, help="start again at the end")
    playing.add_argument("--starts-at", metavar="TIME", help="the time of its first frame (now)")
    output = parser.add_argument_group("output")
    output.add_argument("--status-file", type=Path, metavar="FILE", help="JSON, rewritten twice a second")
    output.add_argument("--health-port", type=int, default=0, metavar="PORT", help="/healthz on 127.0.0.1")
    output.add_argument(
        "--heartbeat-s", type=float, default=HEARTBEAT_INTERVAL_S, metavar="S", help="seconds between heartbeats (30)"
    )
    output.add_argument("--log-format", choices=("text", "json"), default="text")
    output.add_argument("--quiet", action="store_true", help="no status line, no logs below warnings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run one camera, or supervise the cameras of ``--config``, and return the exit code."""
    import logging

    from edge_worker import logs
    from edge_worker.cli import worker_version

    level = logging.WARNING if arguments.quiet else logging.INFO
    if arguments.config:
        _reject_single_camera_options(arguments)
        return _supervise(arguments.config, level)
    options = _options(arguments)
    logs.set_up(arguments.log_format, level)

    from edge_worker.running.feed import open_feed
    from edge_worker.running.session import Session

    return Session(options, open_feed, worker_version()).run()


def _reject_single_camera_options(arguments: argparse.Namespace) -> None:
    """Reject options that would be ignored with ``--config``."""
    from edge_worker.errors import UsageError

    given = [f"--{name.replace('_', '-')}" for name in _SINGLE_CAMERA_OPTIONS if getattr(arguments, name) is not None]
    if given:
        raise UsageError(f"{', '.join(given)} cannot be used with --config: write it into {arguments.config}")


def _supervise(path: Path, level: int) -> int:
    from contextlib import nullcontext

    from edge_worker import logs
    from edge_worker.detector_process.sockets import DetectorSockets
    from edge_worker.garbage_collection import freeze_loaded_objects
    from edge_worker.status.healthz import serve_healthz
    from edge_worker.supervisor.edge_file import read_edge_file
    from edge_worker.supervisor.processes import detector_spec, needs_detector_process, worker_specs
    from edge_worker.supervisor.supervisor import Supervisor

    edge_file = read_edge_file(path)
    logs.set_up(edge_file.log_format, level)
    sockets = DetectorSockets.create() if needs_detector_process(edge_file) else None
    detector = None if sockets is None else detector_spec(edge_file, sockets)
    supervisor = Supervisor(worker_specs(edge_file, sockets), detector=detector)
    freeze_loaded_objects()
    with serve_healthz(edge_file.health_port, supervisor.status) if edge_file.health_port else nullcontext():
        return supervisor.run()


def _options(arguments: argparse.Namespace) -> RunOptions:
    from edge_worker.counting.line import Anchor, Line
    from edge_worker.counting.policy import CountingPolicy
    from edge_worker.detection.device import parse_device
    from edge_worker.overhead.view import View
    from edge_worker.running.options import (
        Connection,
        RunOptions,
        allowed_http_hosts,
        default_outbox,
        in_range,
        parse_api_url,
        parse_start_time,
        parse_uuid,
        parse_worker_key,
    )
    from edge_worker.video.address import checked_source

    connection = Connection.of(source=arguments.source, api=arguments.api, key=arguments.key, camera=arguments.camera)
    source = checked_source(connection.source)
    camera_id = parse_uuid(connection.camera, "the camera")
    outbox = arguments.outbox or os.environ.get("METRICA_OUTBOX") or default_outbox(camera_id, os.environ)
    return RunOptions(
        source=source,
        api_url=parse_api_url(connection.api, allowed_http_hosts(arguments.allow_http, os.environ)),
        key=parse_worker_key(connection.key),
        camera_id=camera_id,
        outbox=Path(outbox).expanduser(),
        limit_bytes=in_range(arguments.outbox_limit_mb, 1, 1 << 20, "--outbox-limit-mb") << 20,
        line=Line.parse(arguments.line) if arguments.line else None,
        anchor=Anchor(arguments.anchor) if arguments.anchor else None,
        model=arguments.model,
        backend=arguments.backend,
        device=parse_device(arguments.device),
        threads=None if arguments.threads is None else in_range(arguments.threads, 1, 1024, "--threads"),
        motion_gate=arguments.motion_gate,
        view=View(arguments.view or View.AUTO),
        policy=CountingPolicy.checked(arguments.min_stay_s or 0.0, ignore_children=bool(arguments.ignore_children)),
        pace=arguments.pace,
        loop=bool(arguments.loop),
        starts_at=parse_start_time(arguments.starts_at) if arguments.starts_at else None,
        status_file=arguments.status_file,
        quiet=arguments.quiet,
        log_format=arguments.log_format,
        health_port=in_range(arguments.health_port, 0, 65535, "--health-port"),
        heartbeat_s=in_range(arguments.heartbeat_s, 0.01, 3600.0, "--heartbeat-s"),
    )
