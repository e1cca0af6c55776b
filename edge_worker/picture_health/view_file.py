"""The file with the calibrated view of a camera: a restart must not learn a view that has moved."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from edge_worker.picture_health.view import CalibratedView
from edge_worker.state_file import StateFile, beside

SUBJECT = "the calibrated view of the camera"
FORMAT = 1
"""Number of the format; a file of another one is learnt again."""


class ViewFile:
    """Stores the calibrated view of one line.

    The file contains edges only: no person can be recognised in it.

    Args:
        path: The path of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = StateFile(path, SUBJECT)

    @classmethod
    def beside(cls, outbox: Path) -> ViewFile:
        """Return the file of the camera whose crossings are in this outbox."""
        return cls(beside(outbox, ".view.npz"))

    def read(self, line_key: str) -> CalibratedView | None:
        """Return the view for a line; None if there is none, or if the file cannot be used.

        Args:
            line_key: Identifies the line and its version.
        """
        content = self._file.read_bytes()
        if content is None:
            return None
        try:
            return _decoded(content, line_key)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            self._file.refuse(str(error))
            return None

    def write(self, line_key: str, view: CalibratedView) -> None:
        """Store the view for a line."""
        content = BytesIO()
        np.savez_compressed(
            content,
            format=np.int64(FORMAT),
            line=np.str_(line_key),
            real=np.round(view.edges.real * 127).astype(np.int8),
            imaginary=np.round(view.edges.imag * 127).astype(np.int8),
            sharpness=np.float64(view.sharpness),
        )
        self._file.write_bytes(content.getvalue())


def _decoded(content: bytes, line_key: str) -> CalibratedView | None:
    """Return the view in a file; None if it is that of another line or format.

    Raises:
        ValueError: The content is no view.
        BadZipFile: It is no archive, or damaged.
        KeyError: It lacks a part.
        EOFError, OSError: It ends too early.
    """
    with np.load(BytesIO(content), allow_pickle=False) as file:
        if int(file["format"]) != FORMAT or str(file["line"]) != line_key:
            return None
        real, imaginary, sharpness = file["real"], file["imaginary"], float(file["sharpness"])
    if (
        real.ndim != 2
        or not real.size
        or real.shape != imaginary.shape
        or not (real.dtype == imaginary.dtype == np.int8)
    ):
        raise ValueError(f"edges of {real.shape} {real.dtype} and {imaginary.shape} {imaginary.dtype}")
    if not np.isfinite(sharpness) or sharpness < 0:
        raise ValueError(f"a sharpness of {sharpness:g}")
    edges = (real + 1j * imaginary).astype(np.complex64) / np.float32(127)
    return CalibratedView(edges, sharpness)
