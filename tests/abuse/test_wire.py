"""Requests written so that a server in front reads them otherwise than this one, and requests that never end."""

from __future__ import annotations

import socket

import pytest

from abuse.raw import send, statuses
from abuse.victim import Victim
from abuse.wire import GET, HOST, WIRES, Wire


@pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
def test_wire(target: Victim, wire: Wire) -> None:
    answer = send(target.port, wire.pieces, pause=wire.pause)
    assert tuple(statuses(answer)) == wire.statuses, answer[:500]
    assert b"Traceback" not in answer and b"secret" not in answer


def test_many_slow_connections_keep_nobody_out(target: Victim) -> None:
    """A hundred connections that say a little and then nothing: others are answered, and after two seconds they are gone."""
    slow = [socket.create_connection(("127.0.0.1", target.port)) for _ in range(100)]
    try:
        for connection in slow:
            connection.sendall(GET + HOST + b"X: ")
        assert target.is_alive()
        assert all(connection.recv(100).startswith(b"HTTP/1.1 408 ") for connection in slow)
    finally:
        for connection in slow:
            connection.close()
