"""OpenVINO's devices: the CPU runs the real model; a GPU is the same CPU behind a core that lists one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import openvino as ov
import pytest

from edge_worker.cli import main
from edge_worker.detection.detector import Backend
from edge_worker.detection.device import Device
from edge_worker.detection.openvino_selection import list_devices, open_openvino
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import choose_detector
from edge_worker.errors import BackendError
from edge_worker.weights.reference_image import IMAGE_FILE, reference_image, reference_image_path

SIZE = input_size((1080, 810), 640)


class CoreWithGpu:
    """The core of OpenVINO with a GPU, which is the CPU.

    Args:
        breaks: Called before a model is compiled for the GPU.
    """

    available_devices = ("CPU", "GPU.0", "GPU.1")

    def __init__(self, breaks: Callable[[], None] = lambda: None) -> None:
        self.compiled_for: list[tuple[str, dict[str, Any]]] = []
        self._core = ov.Core()
        self._breaks = breaks

    def read_model(self, path: Path) -> ov.Model:
        return self._core.read_model(path)

    def compile_model(self, graph: ov.Model, device: str, config: dict[str, Any]) -> ov.CompiledModel:
        self.compiled_for.append((device, config))
        if device != "CPU":
            self._breaks()
        return self._core.compile_model(graph, "CPU", {"PERFORMANCE_HINT": "THROUGHPUT"})

    def get_property(self, device: str, name: str) -> str:
        return f"{name} of {device}"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported model in a folder of its own, with the known picture beside it."""
    folder = tmp_path_factory.mktemp("model")
    exported = choose_detector(None, Backend.OPENVINO).path
    for file in (exported, exported.with_suffix(".bin")):
        shutil.copyfile(file, folder / file.name)
    known_picture = reference_image_path()
    assert known_picture is not None
    shutil.copyfile(known_picture, folder / IMAGE_FILE)
    return folder / exported.name


def test_auto_takes_a_gpu_that_finds_the_people_in_the_known_picture(model: Path) -> None:
    core = CoreWithGpu()
    detector = open_openvino(model, "yolo26n", SIZE, 1, core=core)
    assert detector.device == "gpu.0"
    [(device, config)] = core.compiled_for
    assert device == "GPU.0"
    assert "CACHE_DIR" in config, "a GPU compiles for seconds at each start"
    assert "INFERENCE_NUM_THREADS" not in config
    assert len(detector.detect(reference_image())) >= 3


def test_auto_goes_back_to_the_cpu_when_the_gpu_finds_nobody_in_the_known_picture(
    model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for file in (model, model.with_suffix(".bin")):
        (tmp_path / file.name).symlink_to(file)
    cv2.imwrite(str(tmp_path / IMAGE_FILE), np.zeros((1080, 810, 3), np.uint8))
    detector = open_openvino(tmp_path / model.name, "yolo26n", SIZE, 1, core=CoreWithGpu())
    assert detector.device == "cpu"
    assert "GPU.0 is not used: yolo26n (openvino) finds 0 of 3 people" in caplog.text


def fails() -> None:
    raise RuntimeError("CL_OUT_OF_RESOURCES")


def test_auto_goes_back_to_the_cpu_when_the_gpu_fails_and_a_gpu_that_was_asked_for_is_an_error(model: Path) -> None:
    assert open_openvino(model, "yolo26n", SIZE, 1, core=CoreWithGpu(fails)).device == "cpu"
    with pytest.raises(BackendError, match=r"cannot run yolo26n.xml on GPU.0: CL_OUT_OF_RESOURCES"):
        open_openvino(model, "yolo26n", SIZE, 1, device=Device.GPU, core=CoreWithGpu(fails))


def test_another_class_than_person_stays_on_the_cpu_unless_the_gpu_is_asked_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    model = choose_detector("yolo26n#bus", Backend.OPENVINO).path
    assert open_openvino(model, "yolo26n", SIZE, 1, class_name="bus", core=CoreWithGpu()).device == "cpu"
    assert "the class 'bus' cannot be checked" in caplog.text


def test_a_device_that_this_machine_does_not_have_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    writer = cv2.VideoWriter(str(tmp_path / "clip.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    assert "NPU" not in dict(list_devices()), "this machine has an NPU"
    assert main(["count", str(tmp_path / "clip.avi"), "--device", "npu", "--quiet"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("metrica-edge: OpenVINO finds no npu on this machine, but CPU")
    assert main(["count", str(tmp_path / "clip.avi"), "--device", "tpu", "--quiet"]) == 2
    assert main(["count", str(tmp_path / "clip.avi"), "--device", "cpu", "--quiet"]) == 0


def test_every_device_is_listed_with_its_name() -> None:
    assert list_devices(CoreWithGpu())[1] == ("GPU.0", "FULL_DEVICE_NAME of GPU.0")
    assert dict(list_devices())["CPU"]
