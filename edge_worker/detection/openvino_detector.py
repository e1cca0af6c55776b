"""OpenVINO: the fastest on x86 and, with ARM builds, on small boards."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import openvino as ov

from edge_worker.detection.detections import Detections
from edge_worker.detection.letterbox import Letterbox
from edge_worker.detection.persons import persons
from edge_worker.detection.port import Backend
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image


class OpenVinoDetector:
    """Runs an OpenVINO IR (``.xml``) or an ONNX file.

    Colour order, layout and scale are part of the compiled graph, so a frame goes in as OpenCV decoded it. The model
    runs in several streams of one thread each: two frames side by side on two cores are faster than one after the
    other on both. It computes in 16-bit floats where the CPU does so natively (bf16 on recent x86 servers, f16 on ARM):
    twice as fast, and as good at counting (docs/accuracy.md).
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
    ) -> None:
        """``input_size`` is (height, width); ``full_precision`` computes in 32-bit floats everywhere, for comparisons.

        Raises:
            BackendError: OpenVINO cannot read or compile the model.
        """
        self.model = model
        cores = threads or len(os.sched_getaffinity(0))
        config = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_NUM_THREADS": cores}
        if full_precision:
            config["INFERENCE_PRECISION_HINT"] = "f32"
        try:
            core = ov.Core()
            graph = core.read_model(path)
            if graph.inputs[0].partial_shape.is_static:
                shape = graph.inputs[0].shape
                input_size = (int(shape[2]), int(shape[3]))
            else:
                graph.reshape([1, 3, *input_size])
            self._compiled = core.compile_model(_from_frames(graph), "CPU", config)
            self.workers = max(1, int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")))
            self.precision = str(self._compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name())
        except RuntimeError as error:
            raise BackendError(f"OpenVINO cannot run {path.name}: {_first_line(error)}") from error
        self.input_size = input_size
        self._local = threading.local()

    def detect(self, image: Image) -> Detections:
        """The people in a frame."""
        request = getattr(self._local, "request", None)
        if request is None:
            request = self._local.request = self._compiled.create_infer_request()
        letterbox = Letterbox.between((image.shape[0], image.shape[1]), self.input_size)
        request.infer([ov.Tensor(letterbox.fill(image), shared_memory=True)])
        return persons(np.asarray(request.get_output_tensor(0).data), letterbox)


def _from_frames(graph: ov.Model) -> ov.Model:
    """The graph with 8-bit BGR frames, height × width × 3, as its input."""
    steps = ov.preprocess.PrePostProcessor(graph)
    frame = steps.input(0)
    frame.tensor().set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC")).set_color_format(
        ov.preprocess.ColorFormat.BGR
    )
    frame.preprocess().convert_element_type(ov.Type.f32).convert_color(ov.preprocess.ColorFormat.RGB).scale(255.0)
    frame.model().set_layout(ov.Layout("NCHW"))
    return steps.build()


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
