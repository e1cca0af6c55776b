"""The file with the calibrated view of a camera, beside its outbox: a restart must not learn a view that has moved."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from edge_worker.picture_health.view import CalibratedView

log = logging.getLogger(__name__)

FORMAT = 1
"""Number of the format; a file of another one is learnt again."""


class ViewFile:
    """Stores the calibrated view of one line. A disk that fails does not stop the counting.

    The file contains edges only: no person can be recognised in it.

    Args:
        path: The path of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, outbox: Path) -> ViewFile:
        """Return the file of the camera whose crossings are in this outbox."""
        return cls(outbox.with_name(f"{outbox.name}.view.npz"))

    def read(self, line_key: str) -> CalibratedView | None:
        """Return the view for a line; None if there is none, or if the file cannot be used.

        Args:
            line_key: Identifies the line and its version.
        """
        try:
            with np.load(self.path, allow_pickle=False) as file:
                if int(file["format"]) != FORMAT or str(file["line"]) != line_key:
                    return None
                edges = (file["real"] + 1j * file["imaginary"]).astype(np.complex64) / np.float32(127)
                return CalibratedView(edges, float(file["sharpness"])) if edges.ndim == 2 else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            log.warning("the calibrated view %s cannot be read (%s) and is learnt again", self.path, error)
            return None

    def write(self, line_key: str, view: CalibratedView) -> None:
        """Replace the file atomically."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            with draft.open("wb") as file:
                np.savez_compressed(
                    file,
                    format=np.int64(FORMAT),
                    line=np.str_(line_key),
                    real=np.round(view.edges.real * 127).astype(np.int8),
                    imaginary=np.round(view.edges.imag * 127).astype(np.int8),
                    sharpness=np.float64(view.sharpness),
                )
            draft.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            log.warning("the calibrated view %s cannot be written: %s", self.path, error.strerror)
