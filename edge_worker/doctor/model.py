"""Check the model: load it and measure its speed."""

from __future__ import annotations

from time import perf_counter

from edge_worker.doctor.result import CheckResult, fail, ok, warn
from edge_worker.errors import EdgeError
from edge_worker.video.frame import Image

MIN_FRAMES_PER_S = 8.0
"""With fewer frames per second, a walking person moves so far that the boxes of two frames do not overlap."""
TIMED_FRAMES = 5


def check_model(
    model: str | None, backend: str, image: Image | None, *, device: str = "auto", threads: int | None = None
) -> list[CheckResult]:
    """Load the model that a run would load and measure its speed.

    Args:
        model: A path or a name; None for the default.
        backend: The name of an inference backend, or ``auto``.
        image: The first frame; None for the reference image.
        device: The name of a kind of processor, or ``auto``.
        threads: Cores that inference may use; None for all.
    """
    from edge_worker.detection.class_names import PERSON
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.device import parse_device
    from edge_worker.detection.selection import choose_detector, open_detector
    from edge_worker.weights.reference_image import check_people, reference_image, reference_image_path

    try:
        choice = choose_detector(model, Backend(backend), parse_device(device))
        known_picture = None if reference_image_path(choice.path) is None else reference_image(choice.path)
        if image is None:
            image = known_picture
        if image is None:
            return [warn("model", "not checked, because there is no image", "solve the problem of the source first")]
        detector = open_detector(choice, (image.shape[0], image.shape[1]), threads=threads)
        # The motion backend sees nobody in a single picture, and a model of another class has other boxes.
        finds_people = choice.backend is not Backend.MOTION and choice.class_name in (None, PERSON)
        if known_picture is not None and finds_people:
            check_people(detector, known_picture)
        people = len(detector.detect(image))
        started = perf_counter()
        for _ in range(TIMED_FRAMES):
            detector.detect(image)
    except (EdgeError, ValueError) as error:
        return [fail("model", str(error), "metrica-edge export prepares a model for this machine")]
    rate = TIMED_FRAMES / (perf_counter() - started)
    engine = f"{choice.model} on {choice.backend}:{detector.device} in {detector.precision} ({choice.reason})"
    found = f"{engine}: {rate:.0f} frames/s, {people} people in the image"
    if rate < MIN_FRAMES_PER_S:
        return [warn("model", found, "too slow for a door; metrica-edge bench finds the fastest --backend")]
    return [ok("model", found)]
