"""Count the crossings in a video file."""

from __future__ import annotations

import argparse
from pathlib import Path

from edge_worker.commands import UNBLURRED, Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("count", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("clip", metavar="CLIP", help="a video file")
    add_counting_options(parser)
    add_view_option(parser)
    add_policy_options(parser)
    parser.add_argument("--json", metavar="FILE", help="write the result as one JSON object; - for stdout")
    parser.add_argument(
        "--annotate",
        type=Path,
        metavar="OUT.mp4",
        help="write the video with boxes, tracks, line and counts; people are not blurred",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.set_defaults(run=run)


def add_counting_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that counts."""
    parser.add_argument(
        "--line", metavar="AX,AY,BX,BY", help="0..1 of the frame; IN is on the right from a to b (0,0.5,1,0.5)"
    )
    parser.add_argument("--anchor", choices=("center", "foot"), default=None, help="point of the box to count (foot)")
    add_model_options(parser)


def add_view_option(parser: argparse.ArgumentParser) -> None:
    """Add the option for the view of the camera."""
    parser.add_argument(
        "--view",
        choices=("auto", "side", "above"),
        default=None,
        help="from where the camera sees the people: side, above (straight above), or auto to find out (auto)",
    )


def add_policy_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for crossings that are not counted."""
    policy = parser.add_argument_group("policy")
    policy.add_argument(
        "--min-stay-s", type=float, metavar="S", help="drop people who go in and out again within S seconds (0)"
    )
    policy.add_argument(
        "--ignore-children", action="store_true", default=None, help="drop people far below the usual height"
    )


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that loads a model."""
    parser.add_argument(
        "--model",
        metavar="FILE|NAME[#CLASS]",
        help="weights, yolo26n or yolo11n (yolo26n), and the class to count (person)",
    )
    parser.add_argument("--backend", default="auto", help="openvino, onnx, litert, torch, motion or auto (the fastest)")
    parser.add_argument(
        "--device", default="auto", help="cpu, gpu, npu or auto: a GPU that passes the check, or the CPU"
    )
    parser.add_argument("--threads", type=int, metavar="N", help="cores that inference may use (all)")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import json
    import sys

    from edge_worker.counting.line import Anchor, Line
    from edge_worker.counting.policy import CountingPolicy
    from edge_worker.overhead.view import View
    from edge_worker.pipeline.clip_count import count_clip
    from edge_worker.pipeline.clip_progress import ClipProgress

    line = Line.parse(arguments.line) if arguments.line else Line.mid_height()
    anchor = Anchor(arguments.anchor or Anchor.FOOT)
    policy = CountingPolicy.checked(arguments.min_stay_s or 0.0, ignore_children=bool(arguments.ignore_children))
    annotate = None
    if arguments.annotate:
        from edge_worker.annotation.video import AnnotatedVideo

        annotate = AnnotatedVideo(arguments.annotate, line, anchor)
        print(UNBLURRED.format(path=arguments.annotate), file=sys.stderr)
    with ClipProgress(arguments.clip, quiet=arguments.quiet) as progress:
        count = count_clip(
            arguments.clip,
            line=line,
            anchor=anchor,
            model=arguments.model,
            backend=arguments.backend,
            device=arguments.device,
            threads=arguments.threads,
            policy=policy,
            view=View(arguments.view or View.AUTO),
            on_message=progress.print_message,
            on_frame=[progress.update, *([annotate.add] if annotate else [])],
            on_restart=[progress.restart, *([annotate.restart] if annotate else [])],
        )
    if annotate:
        annotate.close()
        progress.print_message(f"annotated: {arguments.annotate}")
    document = json.dumps(count.document())
    if arguments.json == "-":
        print(document)
    elif arguments.json:
        Path(arguments.json).write_text(document + "\n")
    if arguments.json != "-":
        rate = f"{count.frames} frames, {count.frames_per_s:.1f}/s"
        print(f"{count.clip}: in {count.ins}, out {count.outs} ({rate})")
        sys.stdout.flush()
    return 0
