"""Check the model: load it, measure its speed, and tell how many cameras the box carries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import TYPE_CHECKING

from edge_worker.benchmark.capacity import CAMERA_FPS, Capacity
from edge_worker.cores import available_cores
from edge_worker.doctor.result import CheckResult, fail, ok, warn
from edge_worker.doctor.source import FirstFrames
from edge_worker.errors import EdgeError
from edge_worker.video.frame import Image

if TYPE_CHECKING:
    from edge_worker.detection.detector import Detector

MIN_FRAMES_PER_S = 8.0
"""With fewer frames per second, a walking person moves so far that the boxes of two frames do not overlap."""
TIMED_S = 1.0


def check_model(
    model: str | None, backend: str, frames: FirstFrames | None, *, device: str = "auto", threads: int | None = None
) -> list[CheckResult]:
    """Load the model that a run would load and measure its speed.

    Args:
        model: A path or a name; None for the default.
        backend: The name of an inference backend, or ``auto``.
        frames: The first frames of the source; None for the reference image.
        device: The name of a kind of processor, or ``auto``.
        threads: Cores that inference may use; None for all.

    Returns:
        The checks ``model`` and, if the source was read, ``capacity``.
    """
    from edge_worker.detection.class_names import PERSON
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.device import parse_device
    from edge_worker.detection.selection import choose_detector, open_detector
    from edge_worker.weights.reference_image import check_people, reference_image, reference_image_path

    try:
        choice = choose_detector(model, Backend(backend), parse_device(device))
        known_picture = None if reference_image_path(choice.path) is None else reference_image(choice.path)
        image = known_picture if frames is None else frames.image
        if image is None:
            return [warn("model", "not checked, because there is no image", "solve the problem of the source first")]
        detector = open_detector(choice, (image.shape[0], image.shape[1]), threads=threads)
        # The motion backend sees nobody in a single picture, and a model of another class has other boxes.
        finds_people = choice.backend is not Backend.MOTION and choice.class_name in (None, PERSON)
        if known_picture is not None and finds_people:
            check_people(detector, known_picture)
        people = len(detector.detect(image))
        rate = _frames_per_s(detector, image)
    except (EdgeError, ValueError) as error:
        return [fail("model", str(error), "metrica-edge export prepares a model for this machine")]
    engine = f"{choice.model} on {choice.backend}:{detector.device} in {detector.precision} ({choice.reason})"
    found = f"{engine}: {rate:.0f} frames/s, {people} people in the image"
    if rate < MIN_FRAMES_PER_S:
        checks = [warn("model", found, "too slow for a door; metrica-edge bench finds the fastest --backend")]
    else:
        checks = [ok("model", found)]
    return checks if frames is None else [*checks, _capacity(rate, frames)]


def _frames_per_s(detector: Detector, image: Image) -> float:
    """Return the frames per second with as many frames at once as the detector takes."""

    def detect_until(ends_at: float) -> int:
        count = 0
        while perf_counter() < ends_at or not count:
            detector.detect(image)
            count += 1
        return count

    began_at = perf_counter()
    with ThreadPoolExecutor(detector.workers) as pool:
        counts = list(pool.map(detect_until, [began_at + TIMED_S] * detector.workers))
    return sum(counts) / (perf_counter() - began_at)


def _capacity(rate: float, frames: FirstFrames) -> CheckResult:
    cores = available_cores()
    capacity = Capacity(1 / (1 / rate + frames.decode_s / cores), frames.decode_s, cores, frames.fps or CAMERA_FPS)
    if capacity.cameras:
        return ok("capacity", capacity.sentence)
    return warn("capacity", capacity.sentence, "choose a smaller stream of the camera, or a faster model or device")
