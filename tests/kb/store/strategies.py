"""Any content there can be, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from kb.model import (
    Citation,
    CitationStatus,
    Claim,
    ClaimSource,
    Content,
    Docket,
    DocketKind,
    Evidence,
    Kind,
    Party,
    PartyRole,
    Region,
    RegionRole,
    Role,
    Section,
    Span,
)

words = st.text(max_size=12)
small = st.integers(0, 2**31 - 1)
spans = st.builds(Span, small, small)
evidence = st.builds(
    Evidence,
    rule=words,
    quote=words,
    span=st.none() | spans,
    source=st.sampled_from(ClaimSource),
    version=st.integers(0, 1000),
)


def claims(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.builds(Claim, values, evidence, st.booleans()), max_size=3).map(tuple)


citations = st.builds(
    Citation,
    span=spans,
    raw=words,
    work=st.none() | words,
    version=st.none() | st.dates(),
    article=st.none() | st.integers(1, 2000) | words | st.just("120之1") | st.just("30"),
    paragraph=st.none() | st.integers(1, 99),
    item=st.none() | st.integers(1, 99),
    status=st.sampled_from(CitationStatus),
    rule=words,
    subitem=st.none() | st.integers(1, 99),
    candidates=st.lists(st.dates(), max_size=2).map(tuple),
)
texts = words | st.just("2024-05-06") | st.just("true") | st.just("null") | st.just("17")
contents = st.builds(
    Content,
    kind=st.sampled_from(Kind),
    title=words,
    text=st.text(max_size=60),
    sections=st.lists(
        st.builds(Section, st.sampled_from(Role), words, spans, spans), max_size=3
    ).map(tuple),
    subtitle=words,
    batch=claims(texts),
    publishers=claims(texts),
    published=claims(st.dates()),
    decided=claims(st.dates()),
    dockets=claims(st.builds(Docket, words, words, st.sampled_from(DocketKind))),
    parties=claims(st.builds(Party, words, st.sampled_from(PartyRole), st.booleans())),
    regions=claims(st.builds(Region, words, words, st.sampled_from(RegionRole))),
    acts=claims(texts),
    issues=claims(texts),
    outcomes=claims(texts),
    citations=claims(citations),
    keywords=claims(texts),
    warnings=st.lists(words, max_size=2).map(tuple),
)
