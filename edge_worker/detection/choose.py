"""Which engine runs which file on this machine."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from edge_worker.detection.letterbox import input_size
from edge_worker.detection.port import Backend, Detector
from edge_worker.errors import BackendError, ModelError, UsageError
from edge_worker.weights.lookup import DEFAULT_MODEL, original, weights
from edge_worker.weights.prepare import prepare, prepared

LONGEST_SIDE = 640
"""Of the model's input, in pixels: what the models were trained at."""
PACKAGES = {
    Backend.OPENVINO: ("openvino", "edge"),
    Backend.ONNX: ("onnxruntime", "onnx"),
    Backend.LITERT: ("ai_edge_litert", "litert"),
    Backend.TORCH: ("torch", "torch"),
}
"""What each engine imports, and the extra of metrica that brings it."""
FASTEST_FIRST = (Backend.OPENVINO, Backend.LITERT, Backend.ONNX, Backend.TORCH)
"""Frames/s of yolo26n at 640 on two x86 cores: OpenVINO 79, LiteRT int8 29, ONNX Runtime 27, torch 15; see
``metrica-edge bench`` for this machine."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An engine and the file that it will run."""

    backend: Backend
    path: Path
    name: str
    reason: str


def named_backend(name: str) -> Backend:
    """The engine of a name.

    Raises:
        UsageError: there is no such engine.
    """
    try:
        return Backend(name)
    except ValueError:
        raise UsageError(f"there is no backend {name!r}: choose {', '.join(Backend)}") from None


def installed(backend: Backend) -> bool:
    return importlib.util.find_spec(PACKAGES[backend][0]) is not None


def choose(model: str | None = None, backend: Backend = Backend.AUTO) -> Chosen:
    """Decides on the engine and finds (or prepares) the file that it runs.

    ``auto`` takes CUDA if torch has it, else the first of `FASTEST_FIRST` that is installed and has something to run.
    An engine that was asked for by name is used or refused, never replaced.

    Raises:
        BackendError: the engine is not installed.
        ModelError: there is no model for it.
    """
    if backend is not Backend.AUTO:
        if not installed(backend):
            package, extra = PACKAGES[backend]
            raise BackendError(f'the backend {backend} needs {package}: pip install "metrica[{extra}]"')
        return Chosen(backend, _file_for(model, backend), _name(model), "asked for")
    if installed(Backend.TORCH) and _has_cuda() and weights(model, (".pt",)) is not None:
        return Chosen(Backend.TORCH, _file_for(model, Backend.TORCH), _name(model), "CUDA is the fastest here")
    available = [engine for engine in FASTEST_FIRST if installed(engine)]
    if not available:
        raise BackendError('no inference engine is installed: pip install "metrica[edge]" brings OpenVINO')
    for engine in available:
        if _can_run(model, engine):
            return Chosen(engine, _file_for(model, engine), _name(model), "the fastest that is installed")
    # Nothing is at hand: the fastest says what it wants (and Ultralytics' download is tried).
    return Chosen(available[0], _file_for(model, available[0]), _name(model), "the fastest that is installed")


def open_detector(
    chosen: Chosen, frame: tuple[int, int], *, threads: int | None = None, longest_side: int = LONGEST_SIDE
) -> Detector:
    """Loads the model for frames of (height, width).

    Args:
        threads: Cores that inference may use; None for all that this process may use.
        longest_side: Of the model's input, in pixels; a model with a fixed input keeps its own.

    Raises:
        BackendError, ModelError: the engine cannot run the file.
    """
    size = input_size(frame, longest_side)
    match chosen.backend:
        case Backend.OPENVINO:
            from edge_worker.detection.openvino_detector import OpenVinoDetector

            return OpenVinoDetector(chosen.path, chosen.name, size, threads)
        case Backend.ONNX:
            from edge_worker.detection.onnx_detector import OnnxDetector

            return OnnxDetector(chosen.path, chosen.name, size, threads)
        case Backend.LITERT:
            from edge_worker.detection.litert_detector import LiteRtDetector

            return LiteRtDetector(chosen.path, chosen.name, threads)
        case Backend.TORCH:
            from edge_worker.detection.torch_detector import TorchDetector

            return TorchDetector(chosen.path, chosen.name, size, threads)
        case Backend.AUTO:
            raise BackendError("auto is a choice, not an engine")


def _file_for(model: str | None, backend: Backend) -> Path:
    match backend:
        case Backend.OPENVINO:
            return weights(model, (".xml",)) or _export(model, "openvino")
        case Backend.ONNX:
            return weights(model, (".onnx",)) or _export(model, "onnx")
        case Backend.TORCH:
            return original(model)
        case _:
            found = weights(model, (".tflite",))
            if found is None:
                raise ModelError(
                    f"the backend litert wants a .tflite of {_name(model)}: put one into models/ or name it by --model"
                )
            return found


def _export(model: str | None, target: str) -> Path:
    if target == "openvino" and (onnx := weights(model, (".onnx",))) is not None and not installed(Backend.TORCH):
        return onnx
    return prepare(original(model), target)


def _can_run(model: str | None, engine: Backend) -> bool:
    """Whether there is a file for the engine, or one to export it from."""
    suffixes = {
        Backend.OPENVINO: (".xml", ".onnx"),
        Backend.ONNX: (".onnx",),
        Backend.LITERT: (".tflite",),
        Backend.TORCH: (".pt",),
    }[engine]
    if weights(model, suffixes) is not None:
        return True
    source = weights(model, (".pt",))
    if source is None or engine not in (Backend.OPENVINO, Backend.ONNX):
        return False
    return prepared(source, engine.value) is not None or installed(Backend.TORCH)


def _has_cuda() -> bool:
    """Without importing torch: only where the driver's library is to be found."""
    return Path("/proc/driver/nvidia/version").exists()


def _name(model: str | None) -> str:
    return Path(model).stem if model else DEFAULT_MODEL
