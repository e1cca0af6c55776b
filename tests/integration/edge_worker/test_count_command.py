"""Errors of ``metrica-edge count`` and ``score``. test_a_clip_reaches_the_page.py counts a clip with real weights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def metrica_edge(*arguments: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    code = "import sys; from edge_worker.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], check=False, capture_output=True, text=True, timeout=timeout
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["count", "gone.mp4"], "no video file at gone.mp4"),
        (["count", __file__], "cannot be decoded: check that it is a video"),
        (["count", "gone.mp4", "--line", "1,2"], "the line '1,2' cannot be read"),
        (["score", "gone.mp4"], "no video file at gone.mp4"),
        (["score", str(Path(__file__).parent)], "has a truth file (<name>.truth.json) beside it"),
        (["score", "gone.mp4", "--min-recall", "95"], "is a share between 0 and 1"),
    ],
)
def test_an_error_is_one_sentence(arguments: list[str], sentence: str) -> None:
    done = metrica_edge(*arguments)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_counting_imports_neither_torch_nor_ultralytics() -> None:
    code = (
        "import sys, edge_worker.pipeline.clip_count, edge_worker.detection.selection, "
        "edge_worker.detection.openvino_detector, edge_worker.video.file_source, edge_worker.weights.reference_image; "
        "print([name for name in ('torch', 'ultralytics', 'torchvision') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
