"""The trial: a clip through the whole pipeline. ``python -m edge_worker.measuring.counting CLIP BACKEND MODEL FRAMES``

An empty MODEL is the default one; FRAMES 0 is the whole clip. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time

from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import EdgeError
from edge_worker.pipeline.pipeline import open_pipeline


def main(clip: str, backend: str, model: str, limit: int) -> dict[str, object]:
    """Counts and tells when the first frame and the last were counted."""
    pipeline = open_pipeline(clip, line=Line.mid_height(), anchor=Anchor.FOOT, model=model or None, backend=backend)
    frames = 0
    first = last = 0.0
    for result in pipeline.frames():
        if result is None:
            continue
        last = time.monotonic()
        first = first or last
        frames += 1
        if frames == limit:
            break
    pipeline.close()
    return {"frames": frames, "first": first, "last": last, "model": pipeline.model}


if __name__ == "__main__":
    try:
        print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))))
    except EdgeError as error:
        sys.exit(str(error))
