"""Selection of the OpenVINO device for a model. A GPU is used only if it finds the people in the known picture."""

from __future__ import annotations

import logging
from pathlib import Path

import openvino as ov

from edge_worker.detection.class_names import PERSON
from edge_worker.detection.device import Device, openvino_devices
from edge_worker.detection.openvino_detector import OpenVinoDetector
from edge_worker.errors import BackendError, EdgeError
from edge_worker.weights.lookup import cache_folder
from edge_worker.weights.reference_image import check_people, reference_image

log = logging.getLogger(__name__)


def open_openvino(
    path: Path,
    model: str,
    input_size: tuple[int, int],
    threads: int | None = None,
    *,
    class_name: str | None = None,
    device: Device = Device.AUTO,
    use_amx: bool = True,
    core: ov.Core | None = None,
) -> OpenVinoDetector:
    """Load a model on the device that was asked for, or on the best one that passes the check.

    Args:
        path: The model file.
        model: Name of the model.
        input_size: (height, width) of the input, unless the model has a fixed one.
        threads: Cores that inference on the CPU may use; None for all that this process may use.
        class_name: The class that is counted; None for ``person``, or the only class of the model.
        device: What was asked for.
        use_amx: False if the model is faster without AMX on the CPU. The first model of a process decides for all.
        core: OpenVINO's core; None for a new one.

    Raises:
        BackendError: The device was asked for and is missing, or it cannot run the model.
        ModelError: The device was asked for and does not find the people in the known picture, or the model does not
            have the class.
    """
    core = core or ov.Core()
    names = openvino_devices(core.available_devices, device)
    for name in names:
        try:
            detector = OpenVinoDetector(
                path,
                model,
                input_size,
                threads,
                class_name=class_name,
                device=name,
                use_amx=use_amx,
                compiled_folder=cache_folder().parent / "compiled",
                core=core,
            )
            # The CPU was checked when the model was exported.
            if name != "CPU":
                _check(detector, path, class_name)
        except EdgeError as error:
            if name == names[-1]:
                raise
            log.warning("%s is not used: %s", name, error)
        else:
            return detector
    raise BackendError(f"no device runs {path.name}")


def _check(detector: OpenVinoDetector, path: Path, class_name: str | None) -> None:
    if class_name not in (None, PERSON):
        raise BackendError(f"the class {class_name!r} cannot be checked on the known picture")
    check_people(detector, reference_image(path))


def list_devices(core: ov.Core | None = None) -> list[tuple[str, str]]:
    """Return each OpenVINO device of this machine with its full name, such as ``("GPU", "Intel UHD Graphics")``."""
    core = core or ov.Core()
    return [(name, str(core.get_property(name, "FULL_DEVICE_NAME")).strip()) for name in core.available_devices]
