"""What ways there are into the base, for the tabs on their pages and for the overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import LazyString, gettext, lazy_gettext

from kb.answers import FacetValue
from kb.law.parallel import parallels
from kb.search.request import FacetName
from web.language import chosen

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Way:
    """endpoint: of its page. about: one line on what is there. facet: what it goes by, if one."""

    endpoint: str
    label: LazyString
    about: LazyString
    facet: FacetName | None = None


WAYS = (
    Way(
        "browse.issues",
        lazy_gettext("争议焦点"),
        lazy_gettext("争的是什么：两级分类，各有释义和所据条文。"),
        FacetName.ISSUE,
    ),
    Way(
        "browse.acts",
        lazy_gettext("行政行为"),
        lazy_gettext("被复议、被诉的是哪一类行为。"),
        FacetName.ACT,
    ),
    Way(
        "browse.outcomes",
        lazy_gettext("处理结果"),
        lazy_gettext("复议决定和法院裁判有哪些种类，各依据哪一条。"),
        FacetName.OUTCOME,
    ),
    Way(
        "browse.laws",
        lazy_gettext("法律依据"),
        lazy_gettext("案例引用了哪些法规、哪些条文，按引用多少排列。"),
        FacetName.STATUTE,
    ),
    Way(
        "browse.places",
        lazy_gettext("地区"),
        lazy_gettext("四川各市州、重庆各区县，一格一地，按案例多少着色。"),
        FacetName.REGION,
    ),
    Way(
        "browse.organs",
        lazy_gettext("机关"),
        lazy_gettext("复议机关、被申请人和法院，按所在地归拢。"),
        FacetName.AUTHORITY,
    ),
    Way(
        "browse.calendar",
        lazy_gettext("年份与批次"),
        lazy_gettext("各年的案例出自哪些批次，由谁发布。"),
        FacetName.YEAR,
    ),
    Way(
        "browse.together",
        lazy_gettext("川渝协同立法"),
        lazy_gettext("两地就同一事项分别制定的法规，并列对看。"),
    ),
    Way(
        "charts.page",
        lazy_gettext("图表"),
        lazy_gettext("各地各年的处理结果，各类行为的争议焦点；数字可下载。"),
    ),
)
TAXONOMIES = {
    way.facet: way
    for way in WAYS
    if way.facet in (FacetName.ISSUE, FacetName.ACT, FacetName.OUTCOME)
}


@dataclass(frozen=True, slots=True)
class Entrance:
    """A way with the values that most records have. total: how many values there are. parts: for
    a way that goes by no facet, the anchors on its page with their names."""

    way: Way
    rows: tuple[FacetValue, ...]
    total: int
    parts: tuple[tuple[str, str], ...] = ()


def overview(kb: KnowledgeBase) -> list[Entrance]:
    """Every way, with its first values."""
    return [_entrance(way, kb) for way in WAYS]


def _pairs() -> tuple[tuple[str, str], ...]:
    english = chosen() == "en"
    return tuple((p.code, p.label_en if english else p.label) for p in parallels().pairs)


def _charts() -> tuple[tuple[str, str], ...]:
    return (
        ("by-year", gettext("各年处理结果")),
        ("by-region", gettext("各地处理结果")),
        ("by-act", gettext("各类行为的争议焦点")),
    )


_PARTS = {"browse.together": _pairs, "charts.page": _charts}


def _entrance(way: Way, kb: KnowledgeBase) -> Entrance:
    if way.facet is None:
        return Entrance(way, (), 0, _PARTS[way.endpoint]())
    top = [row for row in kb.survey.rows(way.facet).values if not row.depth]
    return Entrance(way, tuple(top[:_SHOWN]), len(top))
