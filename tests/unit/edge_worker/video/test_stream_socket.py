from __future__ import annotations

import socket

import pytest

from edge_worker.video.stream_socket import StreamSocket, open_descriptors


def test_the_connection_to_a_camera_is_found_and_tells_whether_data_waits() -> None:
    known = open_descriptors()
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_server(("127.0.0.1", 0)) as other:
        port = listener.getsockname()[1]
        with (
            socket.create_connection(other.getsockname()),
            socket.create_connection(listener.getsockname()) as worker,
            listener.accept()[0] as camera,
        ):
            found = StreamSocket.find(f"rtsp://viewer:secret@127.0.0.1:{port}/door", known)
            assert found is not None
            assert not found.has_data()
            camera.sendall(b"$")
            worker.recv(1, socket.MSG_PEEK)
            assert found.has_data()
            worker.recv(1)
            assert not found.has_data()


@pytest.mark.parametrize("source", ["0", "rtsp://127.0.0.1:9/door", "rtsp://127.0.0.1/door", "rtsp://[bad"])
def test_without_such_a_connection_nothing_is_found(source: str) -> None:
    assert StreamSocket.find(source, open_descriptors()) is None
