"""What two texts share from their starts."""

from __future__ import annotations


def shared_start(one: str, other: str) -> int:
    """How many characters two strings share from their starts."""
    shorter = min(len(one), len(other))
    same = 0
    while same < shorter and one[same] == other[same]:
        same += 1
    return same
