"""A camera: GStreamer's RTSP server with a moving test picture. Run with the system's Python, which has its bindings.

``/usr/bin/python3 camera_server.py PORT WIDTH HEIGHT [USER PASSWORD]``; prints ``ready`` once it serves ``/door``.
With ``VIEWERS`` in the environment it has that many places for viewers. With ``CLIP`` it plays that video file, from
its start for every viewer. With ``UDP`` it sends by UDP only, with ``KEYFRAMES`` a keyframe every so many frames of the
clip, with ``SOUND`` sound, too, and with ``CODEC`` the clip in another codec than h264: mjpeg, h265, or
h264-intra-refresh, which has no keyframes after the first. With the codec ``as-it-is`` it sends the H.264 of an MP4
file without decoding it.
"""

# mypy: ignore-errors
import os
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402 - gi needs the versions first

PIPELINE = (
    "( videotestsrc is-live=true pattern=ball ! video/x-raw,width={width},height={height},framerate=15/1 "
    "! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 ! rtph264pay name=pay0 pt=96 )"
)
CLIP_PIPELINE = "( filesrc location={clip} ! decodebin ! videoconvert ! video/x-raw,format=I420 ! {encoder} {sound})"
UNCHANGED_PIPELINE = "( filesrc location={clip} ! qtdemux ! h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 )"
X264 = (
    "x264enc tune=zerolatency speed-preset=ultrafast bitrate=1000 key-int-max={interval} threads=1 "
    "sliced-threads=false {more} ! rtph264pay name=pay0 pt=96"
)
ENCODERS = {
    "h264": X264.replace("{more}", ""),
    "h264-intra-refresh": X264.replace("{more}", "intra-refresh=true"),
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast bitrate=1000 key-int-max={interval} "
    "! rtph265pay name=pay0 pt=96",
    "mjpeg": "jpegenc quality=60 ! rtpjpegpay name=pay0 pt=26",
}
SOUND = "audiotestsrc is-live=true ! alawenc ! rtppcmapay name=pay1 pt=8 "


def main(port, width, height, user=None, password=None):
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    if "VIEWERS" in os.environ:
        server.get_session_pool().set_max_sessions(int(os.environ["VIEWERS"]))
    factory = GstRtspServer.RTSPMediaFactory()
    clip = os.environ.get("CLIP")
    interval = os.environ.get("KEYFRAMES", "20")
    codec = os.environ.get("CODEC", "h264")
    if codec == "as-it-is":
        clip_pipeline = UNCHANGED_PIPELINE.format(clip=clip)
    else:
        encoder = ENCODERS[codec].format(interval=interval)
        clip_pipeline = CLIP_PIPELINE.format(clip=clip, encoder=encoder, sound=SOUND if "SOUND" in os.environ else "")
    factory.set_launch(clip_pipeline if clip else PIPELINE.format(width=width, height=height))
    factory.set_shared(clip is None)
    if "UDP" in os.environ:
        factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
    if user:
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
        server.set_auth(auth)
        factory.add_role_from_structure(
            Gst.Structure.new_from_string("viewer,media.factory.access=true,media.factory.construct=true")
        )
    server.get_mount_points().add_factory("/door", factory)
    if server.attach(None) == 0:
        sys.exit("the port is taken")
    print("ready", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
