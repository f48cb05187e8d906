"""Where the documents of the corpus are filed: a region, a year, a kind, and the law they cite."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from kb.model import Kind
from kb.search.request import FacetName

REGIONS = (
    *("500101", "500102", "500103", "500104", "500105", "500106", "500107", "500108"),
    *("500109", "500112", "510104", "510105", "510106", "510107", "510108", "510112"),
    *("510113", "510114", "510115", "510116"),
)
WORKS = (
    *("行政复议法", "行政处罚法", "行政诉讼法", "行政许可法", "行政强制法", "食品安全法"),
    *("土地管理法", "治安管理处罚法", "道路交通安全法", "政府信息公开条例", "工伤保险条例"),
    "劳动合同法",
)
_ARTICLES = 30
_FIRST_DAY = date(2018, 1, 1).toordinal()
_DAYS = 8 * 365


@dataclass(frozen=True, slots=True)
class Filing:
    """What is said of one document. cited: statutes by name, each with an article."""

    region: str
    decided: date
    kind: Kind
    cited: tuple[tuple[str, int], ...]

    @property
    def values(self) -> dict[FacetName, tuple[str, ...]]:
        """The values of the four facets that are measured."""
        statutes = [value for work, n in self.cited for value in (work, f"{work}第{n}条")]
        return {
            FacetName.REGION: (self.region,),
            FacetName.YEAR: (str(self.decided.year),),
            FacetName.KIND: (self.kind.value,),
            FacetName.STATUTE: tuple(dict.fromkeys(statutes)),
        }


FACETS = (FacetName.REGION, FacetName.YEAR, FacetName.KIND, FacetName.STATUTE)


def filing(number: int) -> Filing:
    """Of the document of this number; common articles are cited more often than others."""
    draw = random.Random(number)
    cited = {
        (draw.choice(WORKS), 1 + min(int(draw.expovariate(0.15)), _ARTICLES - 1)): None
        for _ in range(draw.randrange(1, 5))
    }
    return Filing(
        region=draw.choice(REGIONS),
        decided=date.fromordinal(_FIRST_DAY + draw.randrange(_DAYS)),
        kind=draw.choice(list(Kind)),
        cited=tuple(cited),
    )
