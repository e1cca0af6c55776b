"""Selection of the inference backend and of the model file that it runs."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from edge_worker.detection.class_names import PERSON, split_class
from edge_worker.detection.detector import Backend, Detector, ModelDetector
from edge_worker.detection.device import Device
from edge_worker.detection.engine_probe import import_problem
from edge_worker.detection.fastest_model import ModelRun, fastest_run
from edge_worker.detection.preprocessing import input_size
from edge_worker.errors import BackendError, ModelError, UsageError
from edge_worker.weights.export_cache import export_weights, exported_model, find_export
from edge_worker.weights.int8 import find_int8
from edge_worker.weights.lookup import DEFAULT_MODEL, find_weights, require_pt

LONGEST_SIDE = 640
"""Longest side of the model's input in pixels, as in training."""
PACKAGES = {
    Backend.OPENVINO: ("openvino", "edge"),
    Backend.ONNX: ("onnxruntime", "onnx"),
    Backend.LITERT: ("ai_edge_litert", "litert"),
    Backend.TORCH: ("torch", "torch"),
}
"""The package that each backend imports, and the extra of metrica that installs it."""
FASTEST_FIRST = (Backend.OPENVINO, Backend.LITERT, Backend.ONNX, Backend.TORCH)
"""Frames/s of yolo26n at 640 on two x86 cores: OpenVINO 79, LiteRT int8 29, ONNX Runtime 27, torch 15. Run
``metrica-edge bench`` for the figures of this machine."""


@dataclass(frozen=True, slots=True)
class DetectorChoice:
    """A backend and the model file that it will run.

    Attributes:
        backend: The backend, never ``auto``.
        path: The model file.
        model: Name of the model, such as ``yolo26n``.
        reason: Why this backend was chosen, for messages.
        class_name: The class that is counted; None for ``person``, or the only class of the model.
        device: The processor that was asked for.
        use_amx: False if OpenVINO does without AMX.
    """

    backend: Backend
    path: Path
    model: str
    reason: str
    class_name: str | None = None
    device: Device = Device.AUTO
    use_amx: bool = True

    def describe(self, detector: Detector) -> str:
        """Return one line about the model and how it runs.

        Args:
            detector: The loaded model.
        """
        height, width = detector.input_size
        precision = detector.precision if self.use_amx else f"{detector.precision} without AMX"
        engine = f"{self.backend}:{detector.device} ({self.reason}), {precision}"
        return f"{self.model} on {engine}, {width} × {height}, {self.path.name}"


def parse_backend(name: str) -> Backend:
    """Return the backend of a name.

    Raises:
        UsageError: There is no such backend.
    """
    try:
        return Backend(name)
    except ValueError:
        raise UsageError(f"unknown backend {name!r}: choose {', '.join(Backend)}") from None


def is_installed(backend: Backend) -> bool:
    """Return whether the package of a backend is installed; the motion backend needs none of its own."""
    return backend is Backend.MOTION or importlib.util.find_spec(PACKAGES[backend][0]) is not None


def choose_detector(
    model: str | None = None, backend: Backend = Backend.AUTO, device: Device = Device.AUTO
) -> DetectorChoice:
    """Choose the backend, and find or export the file that it runs.

    ``auto`` takes torch if CUDA is available, else the first of `FASTEST_FIRST` that is installed, runs on this CPU and
    has a model file. A backend that is named is used or refused, never replaced. ``motion`` is used only if it is
    named, and it reads no model. With a GPU or an NPU, ``auto`` takes OpenVINO.

    Args:
        model: A path or a name, with ``#CLASS`` after it if another class than ``person`` is counted; None for the
            default model.
        backend: A backend, or ``auto``.
        device: The processor that runs the model. Only OpenVINO finds out whether there is one when it is loaded.

    Raises:
        BackendError: The backend is not installed, its import ends the process on this CPU, or it has no such device.
        ModelError: There is no model file for it.
    """
    model, class_name = split_class(model)
    if device in (Device.GPU, Device.NPU):
        if backend is Backend.AUTO:
            backend = Backend.OPENVINO
        elif backend is not Backend.OPENVINO:
            raise BackendError(f"the backend {backend} has no --device {device}: choose --backend openvino")
    if backend is Backend.MOTION:
        from edge_worker.detection.motion_detector import MODEL_FILE, MotionDetector

        return DetectorChoice(backend, MODEL_FILE, MotionDetector.model, "as requested", class_name, device)
    backend, reason = _choose_backend(model, backend, class_name, device)
    if backend is Backend.OPENVINO:
        run = _openvino_run(model, class_name, device)
    else:
        run = ModelRun(_file_for(model, backend, class_name))
    return DetectorChoice(backend, run.path, _model_name(model), reason, class_name, device, run.use_amx)


def _choose_backend(model: str | None, backend: Backend, class_name: str | None, device: Device) -> tuple[Backend, str]:
    """Return the backend that runs a model, and why it was chosen."""
    if backend is not Backend.AUTO:
        if not is_installed(backend):
            package, extra = PACKAGES[backend]
            raise BackendError(f'the backend {backend} needs {package}: pip install "metrica[{extra}]"')
        problem = import_problem(PACKAGES[backend][0])
        if problem is not None:
            raise BackendError(f"{_cannot_run(backend, problem)}: choose another --backend, or auto")
        return backend, "as requested"
    may_be_cuda = device is not Device.CPU and _has_cuda()
    if may_be_cuda and is_installed(Backend.TORCH) and find_weights(model, (".pt",)) is not None:
        return Backend.TORCH, "CUDA is available"
    available = [candidate for candidate in FASTEST_FIRST if is_installed(candidate)]
    if not available:
        raise BackendError('no inference backend is installed: pip install "metrica[edge]<1" installs OpenVINO')
    usable, excluded = _usable(model, class_name, available)
    if usable is None:
        raise BackendError(f'{"; ".join(excluded)}: install another backend, such as pip install "metrica[onnx]"')
    return usable, "; ".join(["the fastest installed", *excluded])


def open_detector(
    choice: DetectorChoice, frame: tuple[int, int], *, threads: int | None = None, longest_side: int = LONGEST_SIDE
) -> Detector:
    """Load a model.

    Args:
        choice: The backend and the model file.
        frame: (height, width) of the frames.
        threads: Cores that inference may use; None for all that this process may use.
        longest_side: Longest side of the model's input in pixels. A model with a fixed input keeps its own size.

    Raises:
        BackendError: The backend cannot run the file.
        ModelError: The file is not a detector, or it does not have the class.
    """
    if choice.backend is Backend.MOTION:
        from edge_worker.detection.motion_detector import MotionDetector

        return MotionDetector(frame)
    return open_model(choice, input_size(frame, longest_side), threads=threads)


def open_model(choice: DetectorChoice, size: tuple[int, int], *, threads: int | None = None) -> ModelDetector:
    """Load a model with an input of (height, width), unless the model has a fixed one.

    Args:
        choice: A backend that runs a model, and the model file.
        size: (height, width) of the input in pixels.
        threads: Cores that inference may use; None for all that this process may use.

    Raises:
        BackendError: The backend cannot run the file.
        ModelError: The file is not a detector, or it does not have the class.
    """
    # The model uses the cores. OpenCV's own threads would wait actively for the next picture to scale.
    cv2.setNumThreads(1)
    match choice.backend:
        case Backend.OPENVINO:
            from edge_worker.detection.openvino_selection import open_openvino

            return open_openvino(
                choice.path,
                choice.model,
                size,
                threads,
                class_name=choice.class_name,
                device=choice.device,
                use_amx=choice.use_amx,
            )
        case Backend.ONNX:
            from edge_worker.detection.onnx_detector import OnnxDetector

            return OnnxDetector(choice.path, choice.model, size, threads, choice.class_name)
        case Backend.LITERT:
            from edge_worker.detection.litert_detector import LiteRtDetector

            return LiteRtDetector(choice.path, choice.model, threads, choice.class_name)
        case Backend.TORCH:
            from edge_worker.detection.torch_detector import TorchDetector

            return TorchDetector(choice.path, choice.model, size, threads, choice.class_name, device=choice.device)
        case _:
            raise BackendError(f"{choice.backend} runs no model")


def import_detector(backend: Backend) -> None:
    """Import the detector of a backend and its engine, so that `open_model` has less to do."""
    importlib.import_module(f"edge_worker.detection.{backend}_detector")


def _usable(
    model: str | None, class_name: str | None, available: Sequence[Backend]
) -> tuple[Backend | None, list[str]]:
    """Return the first backend that has a model file and runs on this CPU, and what was excluded on the way.

    If no backend has a model file, the fastest one is returned: it reports what is missing, after trying Ultralytics'
    download.
    """
    excluded: list[str] = []
    with_file = [candidate for candidate in available if _can_run(model, class_name, candidate)]
    for candidate in with_file or available:
        problem = import_problem(PACKAGES[candidate][0])
        if problem is None:
            return candidate, excluded
        excluded.append(_cannot_run(candidate, problem))
    return None, excluded


def _cannot_run(backend: Backend, problem: str) -> str:
    return f"{backend} does not run on this CPU (importing {PACKAGES[backend][0]} ends with {problem})"


def _file_for(model: str | None, backend: Backend, class_name: str | None) -> Path:
    match backend:
        case Backend.ONNX:
            return find_weights(model, (".onnx",)) or _export(model, "onnx", class_name)
        case Backend.TORCH:
            return require_pt(model)
        case _:
            found = find_weights(model, (".tflite",))
            if found is None:
                raise ModelError(
                    f"the backend litert needs a .tflite file of {_model_name(model)}: put one into models/ or name "
                    f"it with --model"
                )
            return found


def _openvino_run(model: str | None, class_name: str | None, device: Device) -> ModelRun:
    """Return the fastest precision that has passed: 8 bits were accepted for people, and may be slower than floats."""
    int8 = find_int8(model) if class_name in (None, PERSON) else None
    if int8 is None:
        return fastest_run([find_weights(model, (".xml",)) or _export(model, "openvino", class_name)], device)
    exported = exported_model(model)
    return fastest_run([int8] if exported is None else [exported, int8], device)


def _export(model: str | None, target: str, class_name: str | None) -> Path:
    if target == "openvino" and not is_installed(Backend.TORCH):
        onnx = find_weights(model, (".onnx",))
        if onnx is not None:
            return onnx
    return export_weights(require_pt(model), target, class_name)


def _can_run(model: str | None, class_name: str | None, backend: Backend) -> bool:
    """Return whether there is a file for the backend, or one to export it from."""
    suffixes = {
        Backend.OPENVINO: (".xml", ".onnx"),
        Backend.ONNX: (".onnx",),
        Backend.LITERT: (".tflite",),
        Backend.TORCH: (".pt",),
    }[backend]
    if find_weights(model, suffixes) is not None or (backend is Backend.OPENVINO and find_int8(model) is not None):
        return True
    original = find_weights(model, (".pt",))
    if original is None or backend not in (Backend.OPENVINO, Backend.ONNX):
        return False
    return find_export(original, backend.value, class_name) is not None or is_installed(Backend.TORCH)


def _has_cuda() -> bool:
    """Return whether the NVIDIA driver is loaded, without importing torch."""
    return Path("/proc/driver/nvidia/version").exists()


def _model_name(model: str | None) -> str:
    return Path(model).stem if model else DEFAULT_MODEL
