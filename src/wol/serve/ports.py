"""Finding a port: the one that is asked for, else one of the next."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence

from wol.errors import WolError, diagnostic

TRIES = 20
"""Ports that are tried, one after the other."""

BACKLOG = 512


def listen(host: str, port: int) -> tuple[Sequence[socket.socket], int]:
    """Open the sockets of a host at a port, or at the next that is free (0: any); returns them with the port.

    Raises WolError (serve-address) where none can be had.
    """
    places = _places(host)
    for number in range(port, min(port + TRIES, 2**16)) if port else (0,) * TRIES:
        sockets = _bind(places, host, number)
        if sockets:
            return sockets, sockets[0].getsockname()[1]
    message = f"No port from {port} on is free at `{host}`" if port else f"No port is free at `{host}`"
    raise WolError(diagnostic("serve-address", message, hint="name another one with `--port`"))


def _places(host: str) -> list[tuple[int, tuple[str, ...]]]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise WolError(diagnostic("serve-address", f"`--host {host}` is no name or address of this machine: {reason}")) from None
    return list(dict.fromkeys((family, (str(place[0]),)) for family, _, _, _, place in found))


def _bind(places: Sequence[tuple[int, tuple[str, ...]]], host: str, port: int) -> list[socket.socket]:
    """Open a socket at each address of the host, all at one port; none if it is taken at one of them. Addresses that this machine has not do not count."""
    opened: list[socket.socket] = []
    reason = ""
    for family, (address,) in places:
        one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else asyncio leaves Nagle's algorithm on: 40 ms a page
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind((address, opened[0].getsockname()[1] if opened else port))
            one.listen(BACKLOG)
        except OSError as error:
            one.close()
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                for other in opened:
                    other.close()
                return []
            reason = error.strerror or str(error)
            continue
        opened.append(one)
    if not opened:
        raise WolError(diagnostic("serve-address", f"Nothing can listen at `{host}`: {reason}"))
    return opened


def address_outside() -> str:
    """Return the address by which other machines find this one; nothing where there is no network. No packet is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation (RFC 5737): where it would be sent from is all that is asked
        except OSError:
            return ""
        return str(probe.getsockname()[0])
