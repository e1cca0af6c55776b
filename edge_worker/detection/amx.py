"""AMX, the matrix instructions of Intel's servers.

OpenVINO uses them wherever a CPU has them. A small model with 8 bits is faster without: each of its many small
convolutions costs more to prepare for AMX than it gains. A large model is faster with them (decision 119).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from edge_worker.detection.engine_probe import cpu_features

LIMIT = "ONEDNN_MAX_CPU_ISA"
"""The environment variable that names the newest instructions for the kernels of OpenVINO (oneDNN)."""
WITHOUT_AMX = "AVX512_CORE_BF16"


def has_amx() -> bool:
    """Return whether OpenVINO would use AMX for 8 bits: the CPU has it, and the user has set no limit."""
    return LIMIT not in os.environ and "amx_int8" in cpu_features().split()


class AmxSwitch:
    """Whether this process uses AMX, which its first model decides: oneDNN reads the limit once.

    Attributes:
        is_on: Whether it is used; None before the first model.
    """

    def __init__(self) -> None:
        self.is_on: bool | None = None

    @contextmanager
    def set_for(self, *, use_amx: bool) -> Iterator[bool]:
        """Yield whether AMX is used. Everything that OpenVINO is asked about the CPU belongs into the block.

        The environment, which child processes inherit, is changed only within the block.

        Args:
            use_amx: What is best for the model. It counts if the model is the first one of the process.
        """
        if self.is_on is None:
            self.is_on = use_amx
        if self.is_on:
            yield True
            return
        before = os.environ.get(LIMIT)
        os.environ[LIMIT] = WITHOUT_AMX
        try:
            yield False
        finally:
            if before is None:
                del os.environ[LIMIT]
            else:
                os.environ[LIMIT] = before


AMX_SWITCH = AmxSwitch()
"""The switch of this process."""
