"""Taken ports are reported with the process that holds them."""

from __future__ import annotations

import os
import socket

import pytest

from local.errors import PortTakenError
from local.stack.ports import Port, is_free, require_free
from local.stack.processes import listener_on


def test_a_taken_port_is_reported_with_its_process_and_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
        port = Port(number, "dashboard", "PORT_DASHBOARD")
        with pytest.raises(PortTakenError) as taken:
            require_free([port])
    message = str(taken.value)
    assert message.startswith(f"port {number} (dashboard) is taken by pid {os.getpid()} (")
    assert "stop it or set PORT_DASHBOARD=" in message
    assert is_free(int(message.rpartition("=")[2]))


def test_a_free_port_has_no_listener_and_no_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
    assert listener_on(number) is None
    require_free([Port(number, "API", "PORT_API")])


def test_a_port_that_is_taken_on_all_addresses_is_not_free() -> None:
    with socket.create_server(("0.0.0.0", 0)) as listener:  # noqa: S104 that is the case in question
        assert not is_free(listener.getsockname()[1])
