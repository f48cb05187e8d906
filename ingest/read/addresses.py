"""Which network addresses may be reached: public ones, checked where the connection is made."""

from __future__ import annotations

import ipaddress
import socket

_EMBEDDED_V4 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """An address that must not be reached; the message says which and why (in Chinese)."""


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, all of them fit to be connected to.

    Whoever connects must use one of these, not the name: a second look-up may answer differently.
    Raises Refused where any of them is private, loopback, link-local, multicast or reserved, and
    OSError where the name does not resolve. Odd spellings of numbers (0x7f.1, 2130706433) are
    resolved as the system does and then judged by what they mean.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in [] if allow_private else addresses:
        if not is_public(address):
            shown = address if address == host else f"{host} → {address}"
            raise Refused(f"不访问内网、本机或保留地址（{shown}）")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, whatever form it is wrapped in."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _EMBEDDED_V4:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and int(ip) < 1 << 32:  # ::127.0.0.1, long out of use
            inner = ipaddress.IPv4Address(int(ip))
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
