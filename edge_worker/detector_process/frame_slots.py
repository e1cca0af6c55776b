"""Shared memory with the frames that a source has sent to the detector process."""

from __future__ import annotations

import fcntl
import mmap
import os
import tempfile
from contextlib import suppress

import numpy as np

from edge_worker.errors import BackendError
from edge_worker.video.frame import Image


class FrameSlots:
    """A fixed number of images of one size in memory that two processes share.

    The memory has no name. It is passed on as a file descriptor, and the system frees it when the last process that
    holds it has ended, however it ends. It does not count against the size of ``/dev/shm``, which is 64 MB in many
    containers.

    Args:
        descriptor: The descriptor of the memory. It belongs to this object from now on.
        count: Number of slots.
        size: (height, width) of the images, in pixels.

    Example:
        >>> slots = FrameSlots.create(2, (480, 640))
        >>> slots.image(1).shape
        (480, 640, 3)

    Attributes:
        descriptor: The descriptor of the memory, to be sent to the other process.
        count: Number of slots.
    """

    def __init__(self, descriptor: int, count: int, size: tuple[int, int]) -> None:
        self.descriptor = descriptor
        self.count = count
        shape = (count, *size, 3)
        self._memory = mmap.mmap(descriptor, int(np.prod(shape)))
        self._images: Image = np.frombuffer(self._memory, np.uint8).reshape(shape)

    @classmethod
    def create(cls, count: int, size: tuple[int, int]) -> FrameSlots:
        """Reserve memory for ``count`` images of (height, width).

        Raises:
            BackendError: The system has too little memory.
        """
        length = count * size[0] * size[1] * 3
        descriptor = _anonymous_file()
        try:
            # Memory that is missing must be an error here, and not SIGBUS when a frame is written.
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(descriptor, 0, length)
            else:
                os.ftruncate(descriptor, length)
            _seal(descriptor)
            return cls(descriptor, count, size)
        except OSError as error:
            os.close(descriptor)
            raise BackendError(
                f"{length / 1e6:.0f} MB of shared memory for frames cannot be reserved ({error.strerror}): give this "
                f"machine or its container more memory, or run fewer cameras"
            ) from None

    def image(self, slot: int) -> Image:
        """Return the image in a slot, height × width × 3; what is written to it reaches the other process."""
        return np.asarray(self._images[slot], np.uint8)

    def close(self) -> None:
        """Close the descriptor. The memory stays mapped while an image of it is used."""
        os.close(self.descriptor)


def _anonymous_file() -> int:
    """Return the descriptor of a file without a name: in memory on Linux, else one that is already deleted."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("metrica-frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _seal(descriptor: int) -> None:
    """Forbid to change the size: a smaller file would end the other process by SIGBUS."""
    if hasattr(fcntl, "F_ADD_SEALS"):
        with suppress(OSError):  # a file system without seals
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
