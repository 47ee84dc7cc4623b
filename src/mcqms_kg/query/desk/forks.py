"""How processes that answer are begun: by one that has read the program and divides, which takes a hundredth of what starting takes."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from mcqms_kg.errors import Unsupported

SERVER = "mcqms_kg.query.desk.fork_server"
BEGIN, ENDED = 0, 1
MESSAGE, NUMBER = struct.Struct("!BI"), struct.Struct("!I")
"""What is to be done, and to which process; the number of a process."""
_SECONDS = 120
_MEMORY = {"MALLOC_ARENA_MAX": "2", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=127"}
"""How glibc gives memory: no space set aside for each thread, and more small pieces at hand, of which a question takes many."""


class Forks:
    """The server that begins processes, itself started when it is first needed, and anew where it died. Close it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None

    def begin(self, line: socket.socket, errors: IO[bytes]) -> int:
        """The number of a process that answers on the line; raises `OSError` where there is none. It may take some milliseconds."""
        with self._lock:
            for _ in range(2):
                orders = self._orders or self._start()
                try:
                    socket.send_fds(orders, [MESSAGE.pack(BEGIN, 0)], [line.fileno(), errors.fileno()])
                    if number := orders.recv(NUMBER.size, socket.MSG_WAITALL):
                        return int(NUMBER.unpack(number)[0])
                except (BrokenPipeError, ConnectionResetError):
                    pass
                self._end()
        raise OSError("the process that begins others has ended twice")

    def ended(self, number: int) -> None:
        """To be told of each that was killed or has ended; until then its number is nobody else's."""
        if orders := self._orders:
            with suppress(OSError):  # it has ended itself
                orders.sendall(MESSAGE.pack(ENDED, number))

    def close(self) -> None:
        """Waits until all that were told of have ended, and the server too."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._orders and self._process:
            self._orders.close()
            self._process.wait()
            self._orders = self._process = None

    def _start(self) -> socket.socket:
        if os.name != "posix":
            raise Unsupported("Processes that can be killed need a POSIX system", remedy="Use Linux or macOS.")
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                [sys.executable, "-m", SERVER],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**_MEMORY, **os.environ},
            )
        ours.settimeout(_SECONDS)
        self._orders = ours
        return ours
