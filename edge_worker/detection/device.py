"""The processor that runs a model: what a user asks for, and what OpenVINO offers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from edge_worker.errors import BackendError, UsageError


class Device(StrEnum):
    """The kinds of processors. ``auto`` takes a GPU that finds the people in the known picture, else the CPU."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"
    NPU = "npu"


def parse_device(name: str) -> Device:
    """Return the device of a name.

    Raises:
        UsageError: There is no such device.
    """
    try:
        return Device(name)
    except ValueError:
        raise UsageError(f"unknown device {name!r}: choose {', '.join(Device)}") from None


def openvino_devices(available: Sequence[str], device: Device) -> list[str]:
    """Return the OpenVINO devices to try, the best one first.

    Args:
        available: The devices that OpenVINO lists, such as ``["CPU", "GPU.0", "GPU.1"]``. A GPU in the processor
            comes before others.
        device: What was asked for.

    Raises:
        BackendError: The device was asked for, and OpenVINO does not list it.

    Example:
        >>> openvino_devices(["CPU", "GPU"], Device.AUTO)
        ['GPU', 'CPU']
    """
    kinds = ("GPU", "CPU") if device is Device.AUTO else (device.upper(),)
    found = [next((name for name in available if name.partition(".")[0] == kind), None) for kind in kinds]
    usable = [name for name in found if name is not None]
    if not usable:
        raise BackendError(
            f"OpenVINO finds no {device} on this machine, but {', '.join(available) or 'nothing'}: install the driver "
            f"of the {device}, or choose --device auto"
        )
    return usable
