"""How many statutes name each statute: those that many build on are more often meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kb.law.statutes import Registry

# 《…》 as law texts name one another; what is longer is no title.
_TITLE = re.compile(r"《([^《》\n]{2,60})》")


def cited_by(texts: Iterable[tuple[str, str]], registry: Registry) -> Mapping[str, int]:
    """The number of statutes that name each statute, itself left out. texts: title of a statute and
    a stretch of its text, in any order."""

    @lru_cache(maxsize=10_000)
    def title(name: str) -> str:
        work = registry.work(name)
        return work.title if work else ""

    naming: dict[str, set[str]] = {}
    for own, text in texts:
        for name in _TITLE.findall(text):
            other = title(name)
            if other and other != own:
                naming.setdefault(other, set()).add(own)
    return {named: len(works) for named, works in naming.items()}
