"""List the processors that can run the model."""

from __future__ import annotations

from edge_worker.doctor.result import CheckResult, ok, warn


def check_devices() -> list[CheckResult]:
    """List the devices of OpenVINO; nothing if OpenVINO is not installed, since other backends use the CPU."""
    from edge_worker.benchmark.child_process import MeasurementError, run_measurement
    from edge_worker.detection.detector import Backend
    from edge_worker.detection.selection import is_installed

    if not is_installed(Backend.OPENVINO):
        return []
    try:
        # In a process of its own: the driver of a GPU, or OpenVINO on an old CPU, may end it.
        listed = run_measurement("edge_worker.benchmark.openvino_devices").answer["devices"]
    except MeasurementError as error:
        return [warn("devices", f"OpenVINO cannot list them ({error})", "another --backend needs none")]
    return [ok("devices", ", ".join(f"{name} ({full_name})" for name, full_name in listed))]
