"""The regions that the desk offers to choose from."""

from __future__ import annotations

from functools import cache

from kb import places


@cache
def regions() -> list[tuple[str, str]]:
    """The regions offered: of Sichuan and Chongqing; any other may be typed by its code."""
    codes = [code for top in ("500000", "510000") for code in (top, *_below(top))]
    return [(code, places.place(code).full_name) for code in codes]


def _below(code: str) -> list[str]:
    return [one for child in places.children(code) for one in (child, *_below(child))]
