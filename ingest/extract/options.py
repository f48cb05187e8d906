"""What the command line says of the sources it hands over."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.law.statutes import Registry, registry


@dataclass(frozen=True, slots=True)
class Options:
    """Given with an import; "" where nothing was said. region: a name or code of six digits.
    known: the statutes that citations are resolved with."""

    publisher: str = ""
    batch: str = ""
    region: str = ""
    known: Registry = field(default_factory=registry, repr=False, compare=False)
