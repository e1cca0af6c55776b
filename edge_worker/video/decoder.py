"""What decodes a stream: the CPU, or the hardware that FFmpeg reaches on this machine."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from functools import cache


class Decoder(StrEnum):
    """What decodes a source: the CPU, or hardware, by FFmpeg's name of its interface."""

    SOFTWARE = "software"
    VAAPI = "vaapi"
    VIDEOTOOLBOX = "videotoolbox"
    D3D11VA = "d3d11va"
    QSV = "qsv"
    DRM = "drm"


HARDWARE = (Decoder.VAAPI, Decoder.VIDEOTOOLBOX, Decoder.D3D11VA, Decoder.QSV, Decoder.DRM)
"""The first of these that this machine has is used. CUDA is not among them: its context takes more memory in each
process than a source may take."""
CODECS = ("h264", "hevc")


@cache
def hardware_decoder() -> Decoder | None:
    """Return the hardware that can be opened on this machine; None if there is none. Tried once per process."""
    from av.codec.hwaccel import hwdevices_available

    built_in = set(hwdevices_available())
    return next((decoder for decoder in HARDWARE if decoder in built_in and _can_be_opened(decoder)), None)


def _can_be_opened(decoder: Decoder) -> bool:
    import av
    from av.codec.hwaccel import HWAccel

    for codec in CODECS:
        # Without the device FFmpeg has an error; a codec that the device does not know is not implemented.
        with suppress(av.FFmpegError, NotImplementedError):
            HWAccel(decoder.value).create(av.Codec(codec, "r"))
            return True
    return False
