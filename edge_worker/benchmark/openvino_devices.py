"""The devices of OpenVINO, listed in a process of its own.

``python -m edge_worker.benchmark.openvino_devices`` prints one JSON object.
"""

from __future__ import annotations

import json

from edge_worker.detection.openvino_selection import list_devices

if __name__ == "__main__":
    print(json.dumps({"devices": list_devices()}))
