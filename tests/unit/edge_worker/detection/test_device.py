from __future__ import annotations

import pytest

from edge_worker.detection.detector import Backend
from edge_worker.detection.device import Device, openvino_devices, parse_device
from edge_worker.detection.selection import choose_detector
from edge_worker.errors import BackendError, UsageError


@pytest.mark.parametrize(
    ("available", "device", "tried"),
    [
        (["CPU"], Device.AUTO, ["CPU"]),
        (["CPU", "GPU"], Device.AUTO, ["GPU", "CPU"]),
        (["CPU", "GPU.0", "GPU.1", "NPU"], Device.AUTO, ["GPU.0", "CPU"]),
        (["CPU", "GPU.0", "GPU.1"], Device.GPU, ["GPU.0"]),
        (["CPU", "GPU", "NPU"], Device.NPU, ["NPU"]),
        (["CPU", "GPU"], Device.CPU, ["CPU"]),
    ],
)
def test_auto_tries_the_gpu_before_the_cpu_and_a_named_device_is_the_only_one(
    available: list[str], device: Device, tried: list[str]
) -> None:
    assert openvino_devices(available, device) == tried


def test_a_device_that_is_missing_is_an_error_that_lists_what_there_is() -> None:
    with pytest.raises(BackendError, match=r"no npu on this machine, but CPU, GPU: install the driver"):
        openvino_devices(["CPU", "GPU"], Device.NPU)


def test_an_unknown_device_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="unknown device 'tpu': choose auto, cpu, gpu, npu"):
        parse_device("tpu")


def test_a_backend_without_the_device_is_refused() -> None:
    with pytest.raises(BackendError, match="the backend onnx has no --device gpu: choose --backend openvino"):
        choose_detector(backend=Backend.ONNX, device=Device.GPU)
