"""The quantising process. Only this module imports NNCF.

``python -m edge_worker.weights.quantiser MODEL.xml DESTINATION.xml CHECK CALIBRATE…``
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import nncf
import numpy as np
import openvino as ov

from edge_worker.detection.detector import Floats
from edge_worker.detection.openvino_detector import OpenVinoDetector
from edge_worker.detection.preprocessing import Letterbox, input_size, to_planes
from edge_worker.detection.selection import LONGEST_SIDE
from edge_worker.errors import EdgeError, ModelError
from edge_worker.evaluation.labelled_clips import LabelledClip, find_labelled_clips
from edge_worker.evaluation.recorded_detections import detect_source
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.evaluation.score import score_crossings
from edge_worker.redaction import redact
from edge_worker.video.address import is_live
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from edge_worker.video.source import open_source
from edge_worker.weights.int8 import refusal, write_report
from edge_worker.weights.quantised_graph import keep_pixels, replace_coarse_swish
from edge_worker.weights.reference_image import IMAGE_FILE, check_people, reference_image, reference_image_path

MOST_FRAMES = 132
"""Frames that set the ranges. The first try, with so many, found 75 of 76 people."""
FEWEST_FRAMES = 10
LIVE_FPS = 2.0
READ_TIMEOUT_S = 20.0
STEPS = (1, 2, 3)
"""Full, half and a third of the frame rate."""


def main(path: Path, destination: Path, check: Path, calibrate: Sequence[str]) -> None:
    """Quantise an export, check it, and move it to its destination.

    Args:
        path: The OpenVINO export.
        destination: Path of the new model in a folder of its own.
        check: A labelled clip.
        calibrate: Clips or cameras. Each gives the same number of frames.

    Raises:
        EdgeError: The source cannot be read, or the model is refused.
    """
    [clip] = find_labelled_clips(check)
    if any(not is_live(one) and Path(one).expanduser().resolve() == clip.path.resolve() for one in calibrate):
        raise ModelError(
            "the clip of --calibrate is that of --check: a model must be checked on scenes it has not seen"
        )
    most = MOST_FRAMES // len(calibrate)
    inputs = [_model_input(image) for source in calibrate for image in calibration_frames(source, most)]
    if len(inputs) < FEWEST_FRAMES:
        sources = " and ".join(redact(source) for source in calibrate)
        raise ModelError(f"{sources}: {len(inputs)} frames in all; at least {FEWEST_FRAMES} are needed")
    graph = ov.Core().read_model(path)
    quantised = nncf.quantize(
        graph,
        nncf.Dataset(inputs),
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=len(inputs),
        fast_bias_correction=False,
    )
    keep_pixels(quantised)
    replace_coarse_swish(quantised)
    with tempfile.TemporaryDirectory(dir=destination.parents[1]) as scratch:
        draft = Path(scratch) / destination.name
        ov.save_model(quantised, draft)
        image = reference_image(path)
        check_people(OpenVinoDetector(draft, draft.stem, input_size(image.shape[:2], LONGEST_SIDE)), image)
        before, after = _wrong_counts(path, clip), _wrong_counts(draft, clip)
        reason = refusal(before, after)
        if reason is not None:
            raise ModelError(reason)
        write_report(draft, before, after, {"nncf": nncf.__version__, "openvino": ov.__version__})
        known_picture = reference_image_path(path)
        if known_picture is not None:
            shutil.copyfile(known_picture, draft.with_name(IMAGE_FILE))
        shutil.rmtree(destination.parent, ignore_errors=True)
        shutil.copytree(scratch, destination.parent)


def calibration_frames(source: str, most: int = MOST_FRAMES) -> Iterator[Image]:
    """Yield at most ``most`` frames: evenly spread over a clip, or two a second of a camera.

    Raises:
        SourceError: The source cannot be read.
    """
    if not is_live(source):
        total = sum(1 for _ in _frames(FileSource(source)))
        wanted = set(np.linspace(0, total - 1, min(total, most)).round().astype(int).tolist())
        yield from (image for number, image in enumerate(_frames(FileSource(source))) if number in wanted)
        return
    camera = open_source(source, LIVE_FPS)
    try:
        for _ in range(most):
            frame = camera.read(READ_TIMEOUT_S)
            if frame is None:
                return
            yield frame.image
    finally:
        camera.close()


def _frames(file: FileSource) -> Iterator[Image]:
    try:
        while (frame := file.read()) is not None:
            yield frame.image
    finally:
        file.close()


def _model_input(image: Image) -> Floats:
    frame = (image.shape[0], image.shape[1])
    return to_planes(Letterbox.fit(frame, input_size(frame, LONGEST_SIDE)).apply(image))


def _wrong_counts(model: Path, clip: LabelledClip) -> list[int]:
    """Return how many crossings of the labelled clip a model counts wrong, at each rate."""
    source = FileSource(str(clip.path))
    try:
        detections = detect_source(source, OpenVinoDetector(model, model.stem, input_size(source.size, LONGEST_SIDE)))
    finally:
        source.close()
    wrong = []
    for step in STEPS:
        tracks = track_detections(detections, step=step)
        scores = [
            score_crossings(
                count_tracks(tracks, detections.size, truth.line, truth.anchor), truth.crossings, truth.tolerance_s
            )
            for _, truth in clip.truths
        ]
        wrong.append(sum(score.wrong for score in scores))
    return wrong


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
    except (EdgeError, OSError) as error:
        sys.exit(str(error))
