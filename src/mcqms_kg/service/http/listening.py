"""The sockets of an address: taken before anything else is begun, so that one that cannot be had is told at once."""

from __future__ import annotations

import errno
import socket

from mcqms_kg.errors import BadValue

_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def listening(host: str, port: int) -> list[socket.socket]:
    """One for each address that the name has on this machine; raises `BadValue` where one is taken, or there is none."""
    found, problem = list[socket.socket](), OSError("there is no such address")
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in dict.fromkeys(addresses):
            try:
                found.append(_bound(family, kind, protocol, address))
            except OSError as refused:
                if refused.errno not in _NOT_HERE:
                    raise
                problem = refused
        if not found:
            raise problem
    except OSError as refused:
        for taken in found:
            taken.close()
        raise BadValue(
            f"Port {port} of {host} cannot be listened on: {refused.strerror or refused}",
            remedy="Choose another with --port, or end what listens there.",
        ) from refused
    return found


def _bound(family: int, kind: int, protocol: int, address: tuple[object, ...]) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
    except OSError:  # it is raised on
        made.close()
        raise
    return made
