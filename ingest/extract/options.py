"""What the command line says of the sources it hands over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Given with an import; "" where nothing was said. region: a name or code of six digits."""

    publisher: str = ""
    batch: str = ""
    region: str = ""
