"""What a caller asks: the words, the filters, the order and the page, read from a query string."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kb.errors import BadRequest

MAX_QUERY = 20_000
MAX_SIZE = 100
MAX_WITHIN = 10


class FacetName(StrEnum):
    """The facets; each is also the name of a filter parameter."""

    REGION = "region"
    AUTHORITY_REGION = "authority_region"
    PARTY_REGION = "party_region"
    AUTHORITY = "authority"
    ACT = "act"
    ISSUE = "issue"
    OUTCOME = "outcome"
    STATUTE = "statute"
    KIND = "kind"
    PUBLISHER = "publisher"
    BATCH = "batch"
    YEAR = "year"


# The two regions by role can be asked for; beside the region itself their rows would only confuse.
SHOWN_FACETS = tuple(
    name for name in FacetName if name not in (FacetName.AUTHORITY_REGION, FacetName.PARTY_REGION)
)
_SINGLE = frozenset(("q", "sort", "page", "size", "cursor", "synonyms"))
_FILTERS = frozenset(name.value for name in FacetName)


class Sort(StrEnum):
    """RELEVANCE: score, then date, then id. NEWEST and OLDEST: date, then id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. filters: values of one facet are OR, facets are AND.

    page: from 1. cursor: as given out by an earlier answer; it wins over page. size: hits a page.
    synonyms: whether synonyms and aliases serve as well as the words typed. within: words looked
    for within the results of q, each as a query of its own; all must hold.
    """

    q: str = ""
    filters: dict[FacetName, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 10
    cursor: str = ""
    synonyms: bool = True
    within: tuple[str, ...] = ()

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> SearchRequest:
        """Reads the pairs of a query string; empty values count as absent.

        Raises BadRequest for an unknown parameter, or a value out of its range.
        """
        single: dict[str, str] = {}
        filters: dict[FacetName, list[str]] = {}
        within: list[str] = []
        for name, value in pairs:
            # Bytes of another encoding on a command line are no characters, and cannot be answered.
            value = value.encode("utf-8", "replace").decode().strip()
            if name in _SINGLE:
                if value and single.setdefault(name, value) != value:
                    raise BadRequest(name, "只能给出一个值")
            elif name == "within":
                within += [value] if value else []
            elif name in _FILTERS:
                if value:
                    filters.setdefault(FacetName(name), []).append(value)
            else:
                raise BadRequest(name, "没有这个参数")
        query = single.get("q", "")
        for name, typed in (("q", query), *(("within", typed) for typed in within)):
            if len(typed) > MAX_QUERY:
                raise BadRequest(name, f"检索内容不能超过 {MAX_QUERY} 字，现有 {len(typed)} 字")
        if len(within) > MAX_WITHIN:
            raise BadRequest("within", f"在结果中检索不能超过 {MAX_WITHIN} 次")
        try:
            sort = Sort(single.get("sort", Sort.RELEVANCE))
        except ValueError:
            raise BadRequest("sort", f"应为 {'、'.join(Sort)} 之一") from None
        if single.get("synonyms", "on") not in ("on", "off"):
            raise BadRequest("synonyms", "应为 on 或 off")
        return cls(
            q=query,
            filters={name: tuple(dict.fromkeys(values)) for name, values in filters.items()},
            sort=sort,
            page=_whole("page", single.get("page", "1"), 1, 1_000_000),
            size=_whole("size", single.get("size", "10"), 1, MAX_SIZE),
            cursor=single.get("cursor", ""),
            synonyms=single.get("synonyms") != "off",
            within=tuple(dict.fromkeys(within)),
        )

    def pairs(self, **changes: str) -> list[tuple[str, str]]:
        """The query string's pairs that say this request again; changes replace or, if "", drop."""
        said = {
            "q": self.q,
            "sort": "" if self.sort is Sort.RELEVANCE else self.sort.value,
            "page": "" if self.page == 1 else str(self.page),
            "size": "" if self.size == 10 else str(self.size),
            "cursor": self.cursor,
            "synonyms": "" if self.synonyms else "off",
        } | changes
        pairs = [(name, value) for name, value in said.items() if value]
        pairs += [("within", typed) for typed in self.within]
        return pairs + [(name.value, v) for name, values in self.filters.items() for v in values]


def _whole(name: str, value: str, low: int, high: int) -> int:
    digits = value.isascii() and value.isdigit() and len(value) <= len(str(high))
    if not (digits and low <= int(value) <= high):
        raise BadRequest(name, f"应为 {low} 到 {high} 的整数，现为“{value[:40]}”")
    return int(value)
