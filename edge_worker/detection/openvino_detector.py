"""The OpenVINO backend: the fastest on x86 and, with its ARM builds, on small boards."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import openvino as ov

from edge_worker.cores import available_cores
from edge_worker.detection.amx import AMX_SWITCH
from edge_worker.detection.class_names import class_index, parse_names
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.detection.openvino_graph import prepare
from edge_worker.detection.postprocessing import detections_from_output
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image

SPARE_REQUESTS = 1
"""Requests that wait in OpenVINO's queue on a CPU, so that no stream is idle while Python prepares the next frame."""


class OpenVinoDetector(LocalDetector):
    """Runs an OpenVINO IR (``.xml``) or an ONNX file.

    The compiled graph converts colour order, layout and scale, so a frame is passed as OpenCV decoded it. The model
    runs in several streams of one thread each: two frames in parallel on two cores are faster than one after the other
    on both. It computes in 16-bit floats if the CPU supports them natively (bf16 on recent x86 servers, f16 on ARM),
    which is twice as fast and counts as well (docs/accuracy.md).

    Args:
        path: The model file.
        model: Name of the model.
        input_size: (height, width) of the input, unless the model has a fixed one.
        threads: Cores that inference may use; None for all that this process may use.
        full_precision: Compute in 32-bit floats on every CPU, for comparisons.
        use_amx: False if the model is faster without AMX. The first model of a process decides for all.
        class_name: The class that is counted; None for ``person``, or the only class of the model.
        device: OpenVINO's name of the device.
        compiled_folder: Keeps what a GPU or an NPU has compiled, which takes them seconds; None keeps nothing. On the
            CPU it would save a tenth of a second.
        core: OpenVINO's core; None for a new one.

    Raises:
        BackendError: OpenVINO cannot read or compile the model.
        ModelError: The model does not have the class.
    """

    backend = Backend.OPENVINO

    def __init__(
        self,
        path: Path,
        model: str,
        input_size: tuple[int, int],
        threads: int | None = None,
        *,
        full_precision: bool = False,
        use_amx: bool = True,
        class_name: str | None = None,
        device: str = "CPU",
        compiled_folder: Path | None = None,
        core: ov.Core | None = None,
    ) -> None:
        self.model = model
        self.device = device.lower()
        try:
            core = core or ov.Core()
            graph = core.read_model(path)
            self._class_index = class_index(model, _read_class_names(graph), class_name)
            if graph.inputs[0].partial_shape.is_static:
                shape = graph.inputs[0].shape
                input_size = (int(shape[2]), int(shape[3]))
            else:
                graph.reshape([1, 3, *input_size])
            is_quantised = any(one.get_type_name() == "FakeQuantize" for one in graph.get_ops())
            config: dict[str, str | int] = {"PERFORMANCE_HINT": "THROUGHPUT"}
            with AMX_SWITCH.set_for(use_amx=use_amx) as uses_amx:
                if device == "CPU":
                    config["INFERENCE_NUM_THREADS"] = threads or available_cores()
                    if full_precision or ((is_quantised or not uses_amx) and _has_bf16(core)):
                        config["INFERENCE_PRECISION_HINT"] = "f32"
                elif compiled_folder is not None:
                    config["CACHE_DIR"] = str(compiled_folder)
                self._compiled = core.compile_model(prepare(graph), device, config)
            at_once = max(1, int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")))
            self.workers = at_once + (SPARE_REQUESTS if device == "CPU" else 0)
            floats = str(self._compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name())
            self.precision = "int8" if is_quantised else floats
        except RuntimeError as error:
            raise BackendError(f"OpenVINO cannot run {path.name} on {device}: {_first_line(error)}") from error
        self.input_size = input_size
        self._local = threading.local()

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        letterbox = Letterbox.fit((image.shape[0], image.shape[1]), self.input_size)
        return self.detect_input(letterbox.apply(image), letterbox)

    def detect_input(self, model_input: Image, letterbox: Letterbox) -> Detections:
        """Return the people in a frame that has been scaled to the input of the model."""
        request = getattr(self._local, "request", None)
        if request is None:
            request = self._local.request = self._compiled.create_infer_request()
        tensor = ov.Tensor(model_input, shared_memory=True)
        # Half of the time of `infer`, which copies the output into a dictionary.
        request.set_input_tensor(tensor)
        request.start_async()
        request.wait()
        output = np.asarray(request.get_output_tensor(0).data)
        return detections_from_output(output, letterbox, class_index=self._class_index)


def _has_bf16(core: ov.Core) -> bool:
    """Return whether OpenVINO would compute in bf16.

    It slows down what a model with 8 bits leaves in floats, and every model on a CPU whose AMX is switched off.
    """
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _read_class_names(graph: ov.Model) -> tuple[str, ...]:
    """Return the names that Ultralytics has written into an IR (with _ for a space) or an ONNX file; empty if none."""
    if graph.has_rt_info(["model_info", "labels"]):
        return tuple(str(graph.get_rt_info(["model_info", "labels"]).value).split())
    if graph.has_rt_info(["framework", "names"]):
        return parse_names(str(graph.get_rt_info(["framework", "names"]).value))
    return ()


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
