"""Nothing that stands in a text is lost to search, and nothing is found that does not stand there.

`tests/bench/exactness.py` quotes two hundred thousand stretches; here are some thousands.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.law import typed
from kb.model import Case, Kind, Role, settled
from kb.search.parse import understand
from kb.search.query import And, Everything, Filed, InSection, Node, Not, Or, Quoted, Words
from kb.search.request import FacetName, Sort
from kb.service import KnowledgeBase
from kb.text.normalise import fold_text
from kb.text.segment import stop_words, words
from tests.bench.exactness import check, stretches
from tests.reading import Records, parts_of

QUOTED = 1_500
_ROLES = {Role.FACTS: "基本案情", Role.SIGNIFICANCE: "典型意义"}
_MARKS = '"“”„‟「」『』‘’〝〞＂'


@pytest.fixture(params=["samples", "real"])
def base(request: pytest.FixtureRequest) -> KnowledgeBase:
    name = {"samples": "sample_base", "real": "real_base"}[request.param]
    opened: KnowledgeBase = request.getfixturevalue(name)
    return opened


def cases(base: KnowledgeBase) -> list[Case]:
    return [base.case(answer.id) for answer in base.published()]


def test_every_stretch_quoted_is_found_and_nothing_else(base: KnowledgeBase) -> None:
    parts = {case.id: parts_of(case.content) for case in cases(base)}
    tally = check(base._engine, parts, QUOTED, random.Random(7))
    assert tally.quoted == QUOTED
    assert not tally.missed
    assert not tally.wrong


class Material:
    """What queries are made of: stretches and words of the records, and where they are filed."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        records = cases(base)
        self.records = Records(records)
        parts = {case.id: parts_of(case.content) for case in records}
        draw = random.Random(3)
        some = (text for _, text in islice(stretches(parts, draw), 2_000))
        self.quoted = [text for text in some if len(text) < 12 and not set(text) & set(_MARKS)]
        telling = {word for case in records for word in words(fold_text(case.content.text))}
        self.words = draw.sample(sorted(word for word in telling if _plain(word)), 300)
        self.years = sorted(
            {str(day.year) for case in records for day in settled(case.content.decided)} | {"1950"}
        )

    def found(self, node: Node) -> set[str]:
        found = self.base._engine.search(
            node, {}, sort=Sort.RELEVANCE, start=0, after=None, size=1_000, facets=()
        )
        assert found.total == len(found.hits) == self.base._engine.count(node, {})
        return {key.id for key in found.hits}

    @cached_property
    def nodes(self) -> st.SearchStrategy[Node]:
        return trees(st.one_of(self.leaves, st.just(Everything())), 8)

    @cached_property
    def typable(self) -> st.SearchStrategy[Node]:
        return trees(self.leaves, 5)

    @cached_property
    def leaves(self) -> st.SearchStrategy[Node]:
        return st.one_of(
            self.standing,
            st.frozensets(st.sampled_from(self.years), min_size=1, max_size=3).map(
                lambda years: Filed(FacetName.YEAR, years)
            ),
            st.sampled_from(Kind).map(lambda kind: Filed(FacetName.KIND, frozenset({kind.value}))),
            st.tuples(st.sampled_from(list(_ROLES)), trees(self.standing, 3).filter(_says)).map(
                lambda both: InSection(frozenset({both[0].value}), both[1])
            ),
        )

    @cached_property
    def standing(self) -> st.SearchStrategy[Node]:
        return st.one_of(
            st.sampled_from(self.quoted).map(Quoted),
            st.sampled_from(self.words).map(lambda word: Words(word, (word,))),
        )


def _plain(word: str) -> bool:
    """A word that means nothing but itself, typed without quotation marks."""
    return (
        len(word) > 1
        and word.isalpha()
        and word not in stop_words()
        and typed(word) is None
        and _read(word) == Words(word, (word,))
    )


def _says(node: Node) -> bool:
    """段落:典型意义 -罚款 is read as leaving out what says it there, and so is never this node."""
    return not isinstance(node, Not)


def _read(query: str) -> Node:
    return understand(query, use_synonyms=False).node


def trees(leaves: st.SearchStrategy[Node], most: int) -> st.SearchStrategy[Node]:
    several = 3
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=several).map(lambda parts: And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=several).map(lambda parts: Or(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=most,
    )


_material = cache(Material)
_QUICK = settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_QUICK
@given(data=st.data())
def test_queries_find_what_reading_the_texts_finds(
    base: KnowledgeBase, data: st.DataObject
) -> None:
    material = _material(base)
    node = data.draw(material.nodes)
    assert material.found(node) == material.records.finding(node)


@_QUICK
@given(data=st.data())
def test_typed_queries_find_what_reading_the_texts_finds(
    base: KnowledgeBase, data: st.DataObject
) -> None:
    material = _material(base)
    node = data.draw(material.typable)
    query = as_typed(node)
    assert material.found(_read(query)) == material.records.finding(node), query


def as_typed(node: Node) -> str:
    """The query as a reader types it."""
    match node:
        case Quoted(text):
            return f'"{text}"'
        case Words(text):
            return text
        case Filed(FacetName.YEAR, values):
            return f"年份:({' 或 '.join(sorted(values))})"
        case Filed(_, values):
            return f"种类:{next(iter(values))}"
        case InSection(roles, part):
            return f"段落:{_ROLES[Role(next(iter(roles)))]} {_grouped(part)}"
        case And(parts):
            return " ".join(map(_grouped, parts))
        case Or(parts):
            return " 或 ".join(map(_grouped, parts))
        case Not(part):
            return f"-{_grouped(part)}"
    raise AssertionError(node)


def _grouped(node: Node) -> str:
    return f"({as_typed(node)})" if isinstance(node, And | Or) else as_typed(node)


def test_the_oracle_itself_reads_as_people_do(sample_base: KnowledgeBase) -> None:
    """It must find something, and not everything, or it would agree with any engine."""
    records: Sequence[Case] = cases(sample_base)
    oracle = Records(records)
    everything = {case.id for case in records}
    with_food = oracle.finding(Quoted("过期食品"))
    assert set() < with_food < everything
    assert oracle.finding(Not(Quoted("过期食品"))) == everything - with_food
    within = oracle.finding(InSection(frozenset({Role.SIGNIFICANCE.value}), Quoted("复议")))
    assert set() < within < oracle.finding(Quoted("复议"))
