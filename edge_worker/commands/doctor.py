"""Check the source, model, backend, key, clock, disk and network, with a hint for each problem."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from edge_worker.commands import Subparsers

if TYPE_CHECKING:
    from edge_worker.doctor.result import CheckResult


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the subcommand."""
    parser = subparsers.add_parser("doctor", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument(
        "--source",
        metavar="FILE|URL",
        help="a video file, a stream, or a webcam such as 0 (METRICA_SOURCE)",
    )
    parser.add_argument("--api", metavar="URL", help="the backend (METRICA_API_URL)")
    parser.add_argument(
        "--allow-http",
        action="append",
        metavar="HOST",
        help="a host that may be used without encryption (METRICA_ALLOW_HTTP)",
    )
    parser.add_argument("--key", help="the worker key (METRICA_WORKER_KEY)")
    parser.add_argument("--camera", metavar="UUID", help="the camera's id (METRICA_CAMERA_ID)")
    parser.add_argument("--outbox", type=Path, metavar="FILE", help="where crossings wait (METRICA_OUTBOX)")
    parser.add_argument("--model", metavar="FILE", help="weights; else METRICA_MODELS, then models/")
    parser.add_argument("--backend", default="auto", help="torch, onnx, openvino, litert, motion or auto")
    parser.add_argument("--device", default="auto", help="cpu, gpu, npu or auto")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the results and return 0 if no check failed, otherwise 1."""
    from edge_worker.doctor.result import Verdict, format_results

    results = _check_all(arguments)
    failed = any(result.verdict is Verdict.FAIL for result in results)
    if arguments.json:
        print(json.dumps({"ok": not failed, "checks": [result.to_json() for result in results]}, ensure_ascii=False))
    else:
        print(format_results(results))
    return int(failed)


def _check_all(arguments: argparse.Namespace) -> list[CheckResult]:
    from edge_worker.doctor.backend import check_backend
    from edge_worker.doctor.devices import check_devices
    from edge_worker.doctor.disk import check_disk
    from edge_worker.doctor.model import check_model
    from edge_worker.doctor.result import warn
    from edge_worker.doctor.source import check_source
    from edge_worker.running.options import (
        allowed_http_hosts,
        default_outbox,
        parse_api_url,
        parse_uuid,
        parse_worker_key,
    )

    source = arguments.source or os.environ.get("METRICA_SOURCE")
    api = arguments.api or os.environ.get("METRICA_API_URL")
    key = arguments.key or os.environ.get("METRICA_WORKER_KEY")
    camera = arguments.camera or os.environ.get("METRICA_CAMERA_ID")
    results: list[CheckResult] = []
    frames = None
    if source:
        results, frames = check_source(source)
    else:
        results.append(warn("source", "not checked", "give --source"))
    results += check_devices()
    results += check_model(arguments.model, arguments.backend, frames, device=arguments.device)
    if api and key and camera:
        api_url = parse_api_url(api, allowed_http_hosts(arguments.allow_http, os.environ))
        results += check_backend(api_url, parse_worker_key(key), parse_uuid(camera, "the camera"))
    else:
        results.append(warn("backend", "not checked", "give --api, --key and --camera"))
    outbox = arguments.outbox or os.environ.get("METRICA_OUTBOX")
    if outbox or camera:
        path = Path(outbox) if outbox else default_outbox(parse_uuid(camera or "", "the camera"), os.environ)
        results += check_disk(path.expanduser())
    return results
