"""A camera in the network, read with PyAV: RTSP, HTTP and HLS, with a mark on each damaged frame."""

from __future__ import annotations

from collections import deque

import av
import numpy as np
from av.codec.hwaccel import HWAccel
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from edge_worker.video.camera_stream import StreamError
from edge_worker.video.decoder import Decoder, hardware_decoder
from edge_worker.video.frame import Image

MAX_WITHOUT_KEYFRAME = 600
"""Of a stream that sends no keyframes, the frames after a skipped one are decoded again after so many."""
WITHOUT_MARKS = {"hevc", "mjpeg"}
"""Codecs of which FFmpeg returns a frame without a mark or no frame when packets of RTP are lost."""
OPTIONS = {
    "rtsp_flags": "prefer_tcp",  # lost UDP packets damage the picture
    "allowed_media_types": "video",  # sound is not even sent
    "tls_verify": "0",  # cameras sign their certificates themselves, and FFmpeg verifies them from version 9 on
}
"""FFmpeg ignores those that a protocol does not have."""


class NetworkStream:
    """Reads one connection to a camera. Used by one thread.

    Errors of PyAV contain the address with its password. They are replaced by `StreamError` and by return values.

    Args:
        address: The address of the stream.
        open_timeout_s: FFmpeg gives up opening the stream after twice this time: once for the answer of the camera, and
            once for the first frames.
        read_timeout_s: FFmpeg gives up reading a frame after this time.
        hardware: Decode with hardware if this machine has any for the codec, else with the CPU.

    Attributes:
        counts_missing: Whether missing frames are the only sign of lost packets.
        has_ended: Whether no more frames will come.
        timestamp_s: The timestamp of the newest frame; that of the frame before if it has none.
        is_skipped: Whether the newest frame was not decoded.

    Raises:
        StreamError: The camera refuses, does not answer or sends no video.
    """

    def __init__(self, address: str, *, open_timeout_s: float, read_timeout_s: float, hardware: bool = True) -> None:
        device = hardware_decoder() if hardware else None
        try:
            self._container = av.open(
                address,
                options=OPTIONS,
                timeout=(open_timeout_s, read_timeout_s),
                hwaccel=HWAccel(device.value, allow_software_fallback=True) if device else None,
            )
        except av.FFmpegError as error:
            raise StreamError(_reason(error)) from None
        stream = self._container.streams.best("video")
        if not isinstance(stream, VideoStream):
            self._container.close()
            raise StreamError("it sends no video")
        self._context = stream.codec_context
        # A decoder with several threads takes the cores of the model and of the other sources, holds back a frame per
        # thread, and its time cannot be measured.
        self._context.thread_count = 1
        self.counts_missing = self._container.format.name == "rtsp" and self._context.name in WITHOUT_MARKS
        self._device = device if device and self._context.is_hwaccel else None
        self._device_formats = _formats(self._context.codec, self._device)
        self._packets = self._container.demux(stream)
        self._decoded: deque[VideoFrame] = deque()
        self._frame: VideoFrame | None = None
        # One for all frames: a converter of its own for each frame takes more time and memory.
        self._reformatter = VideoReformatter()
        self._without_keyframe: int | None = None
        self._time_base_s = float(stream.time_base) if stream.time_base else 0.0
        self.fps = float(stream.average_rate) if stream.average_rate else 0.0
        self.decoder = self._device or Decoder.SOFTWARE
        self.has_ended = False
        self.timestamp_s = 0.0
        self.is_skipped = False

    @property
    def is_marked(self) -> bool:
        """Return whether parts of the newest frame are missing, and the decoder has concealed that."""
        return self._frame is not None and self._frame.is_corrupt

    def grab(self, *, skip: bool = False) -> bool:
        """Read and decode the next frame; return whether there was one.

        Args:
            skip: Read it without decoding it, and so the frames after it until a keyframe.
        """
        self._frame, self.is_skipped = None, False
        while not self._decoded:
            packet = self._next_packet()
            if packet is None:
                return False
            if self._skips(packet, skip=skip):
                self.timestamp_s = self._time_of(packet)
                self.is_skipped = True
                return True
            try:
                self._decoded.extend(packet.decode())
            except av.FFmpegError:
                return False
        self._frame = self._decoded.popleft()
        self.timestamp_s = self._time_of(self._frame)
        if self._device and self._context.pix_fmt not in self._device_formats:
            self._device, self.decoder = None, Decoder.SOFTWARE  # the device cannot decode this stream
        return True

    def picture(self) -> Image | None:
        """Return the picture of the newest frame; None if it cannot be converted."""
        if self._frame is None:
            return None
        try:
            converted = self._reformatter.reformat(self._frame, format="bgr24", threads=1)
        except av.FFmpegError:
            return None
        return np.ascontiguousarray(converted.to_ndarray(), np.uint8)

    def close(self) -> None:
        """Close the connection."""
        self._container.close()

    def _next_packet(self) -> Packet[VideoStream] | None:
        """Return the next packet; None at the end of the stream, or if there is none in time."""
        try:
            packet = next(self._packets, None)
        except av.FFmpegError:
            packet = None
        self.has_ended = packet is None
        return packet

    def _skips(self, packet: Packet[VideoStream], *, skip: bool) -> bool:
        """Return whether not to decode a packet. One that ends the stream has no data and is decoded."""
        if not packet.size:
            return False
        if skip:
            self._without_keyframe = 0
        elif self._without_keyframe is not None:
            self._without_keyframe += 1
            if packet.is_keyframe or self._without_keyframe > MAX_WITHOUT_KEYFRAME:
                self._without_keyframe = None
        return self._without_keyframe is not None

    def _time_of(self, item: VideoFrame | Packet[VideoStream]) -> float:
        """Return the timestamp of a frame, or that of a packet by the order of decoding, in seconds."""
        ticks = (item.pts, item.dts) if isinstance(item, VideoFrame) else (item.dts, item.pts)
        found = next((value for value in ticks if value is not None), None)
        return self.timestamp_s if found is None else found * self._time_base_s


def _formats(codec: av.Codec, device: Decoder | None) -> set[str]:
    """Return the names of the pixel formats of pictures that a device has decoded."""
    return {
        config.format.name
        for config in codec.hardware_configs
        if device and config.format and config.device_type.name == device.value
    }


def _reason(error: av.FFmpegError) -> str:
    """Return why a stream cannot be opened, without the address."""
    match error:
        case av.HTTPUnauthorizedError() | av.HTTPForbiddenError():
            return "it refuses the user or the password"
        case av.HTTPNotFoundError():
            return "it has no stream at this path"
        case _:
            return "it refused or did not answer"
