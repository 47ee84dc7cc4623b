"""Requests byte by byte, as no library would send them."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterable

SILENT = 0
"""The status where the connection was closed without an answer."""
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


def send(port: int, pieces: Iterable[bytes], *, pause: float = 0.0, patience: float = 15.0) -> bytes:
    """Everything that comes back until the service closes the connection or has nothing more to say."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                if pause:
                    time.sleep(pause)
        except OSError:  # it was closed in the middle, which may be right
            pass
        return _received(connection)


def _received(connection: socket.socket) -> bytes:
    content = b""
    try:
        while chunk := connection.recv(65536):
            content += chunk
            connection.settimeout(0.5)
    except OSError:
        pass
    return content


def statuses(answer: bytes) -> list[int]:
    """The statuses of all answers on a connection: one request that gets two was smuggled."""
    return [int(status) for status in _STATUS.findall(answer)] or [SILENT]
