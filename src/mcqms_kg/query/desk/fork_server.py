"""The process that begins those that answer: `python -m mcqms_kg.query.desk.fork_server`. It has read the program, and divides.

It opens no store, starts no thread and draws no random number, so that what it becomes has nothing in common but the program.
It ends when the service is gone, and so does each of the others.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import traceback

from mcqms_kg.query.desk import worker
from mcqms_kg.query.desk.forks import BEGIN, MESSAGE, NUMBER


def serve(orders: socket.socket) -> None:
    """Begins processes until the other side is gone, and ends when those have ended that it was told of."""
    ending: set[int] = set()
    while True:
        told, given, _, _ = socket.recv_fds(orders, MESSAGE.size, 2)
        ending = {process for process in ending if not _has_ended(process, os.WNOHANG if told else 0)}
        if not told:
            return
        what, number = MESSAGE.unpack(told)
        if what != BEGIN:
            ending.add(number)
            continue
        process = os.fork()
        if not process:
            orders.close()
            _become(*given)
        for one in given:
            os.close(one)
        orders.sendall(NUMBER.pack(process))


def _has_ended(process: int, how: int) -> bool:
    try:
        return os.waitpid(process, how)[0] == process
    except ChildProcessError:  # of a server before this one
        return True


def _become(line: int, errors: int) -> None:
    """Is a process that answers, from now on; its last words go to a file of its own."""
    try:
        os.dup2(errors, 2)
        worker.work(socket.socket(fileno=line))
    except BaseException:  # as the interpreter tells it at its end
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the service says when it ends
    gc.collect()
    gc.freeze()  # what is read is shared, and not gone through again
    serve(socket.socket(fileno=os.dup(0)))
