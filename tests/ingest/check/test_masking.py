"""Masks in a record: every span goes on quoting its words, and everything can be taken back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.check.findings import Certainty, Field, Finding, Kind, Place
from ingest.check.masking import mask, undo
from ingest.check.privacy import check
from kb.model import (
    Citation,
    CitationStatus,
    Claim,
    Content,
    Docket,
    DocketKind,
    Evidence,
    Party,
    PartyRole,
    Role,
    Section,
    Span,
)
from kb.model import Kind as RecordKind

_HIDDEN = {"陈建国": "陈某某", "13800138025": "×××", "渝A12345": "渝×××", "欧阳明": "欧阳某某甲"}
_PIECES = st.one_of(st.sampled_from(sorted(_HIDDEN)), st.text("甲乙。，丙\n𠮷 丁", max_size=6))


def named(text: str, name: str) -> Claim[Party]:
    at = text.index(name)
    evidence = Evidence("parties.label", name, Span(at, at + len(name)))
    return Claim(Party(name, PartyRole.APPLICANT, natural=True), evidence)


@st.composite
def records(draw: st.DrawFn) -> tuple[Content, list[Finding]]:
    """A record cut into sections anywhere between its pieces, with claims on whole pieces."""
    pieces = draw(st.lists(_PIECES, min_size=1, max_size=12))
    text, spans = "", []
    for piece in pieces:
        spans.append(Span(len(text), len(text) + len(piece)))
        text += piece
    edges = [0, *sorted(draw(st.sets(st.sampled_from([s.start for s in spans])))), len(text)]
    sections = tuple(Section(Role.OTHER, "", Span(a, b), Span(a, b)) for a, b in pairwise(edges))
    claims = []
    for _ in range(draw(st.integers(0, 4))):
        first, last = sorted((draw(st.sampled_from(spans)), draw(st.sampled_from(spans))))
        span = Span(first.start, last.end)
        claims.append(Claim("词", Evidence("r", span.of(text), span)))
    found = [
        Finding(
            Kind.NAME,
            quote,
            tuple(
                Place(Field.TEXT, span)
                for span, piece in zip(spans, pieces, strict=True)
                if piece == quote
            ),
            "name.open",
            "",
            Certainty.LIKELY,
            hidden,
        )
        for quote, hidden in _HIDDEN.items()
        if quote in pieces
    ]
    title = draw(st.sampled_from(["", "题"]))
    content = Content(
        kind=RecordKind.TYPICAL_CASE,
        title=title,
        text=text,
        sections=sections,
        keywords=tuple(claims),
    )
    return content, found


def expected(words: str) -> str:
    for quote, hidden in _HIDDEN.items():
        words = words.replace(quote, hidden)
    return words


@settings(max_examples=300, deadline=None)
@given(records())
def test_spans_go_on_quoting_and_sections_partition(drawn: tuple[Content, list[Finding]]) -> None:
    content, found = drawn
    masked = mask(content, found).content
    assert masked.text == expected(content.text)
    assert "".join(section.span.of(masked.text) for section in masked.sections) == masked.text
    for old, new in zip(content.sections, masked.sections, strict=True):
        assert new.body.of(masked.text) == expected(old.body.of(content.text))
    for before, after in zip(content.keywords, masked.keywords, strict=True):
        assert before.evidence.span
        assert after.evidence.span
        assert after.evidence.span.of(masked.text) == expected(before.evidence.quote)
        assert after.evidence.quote == after.evidence.span.of(masked.text)


@settings(max_examples=200, deadline=None)
@given(records(), st.randoms())
def test_masks_are_taken_back_one_by_one_in_any_order(
    drawn: tuple[Content, list[Finding]], random: object
) -> None:
    content, found = drawn
    masked = mask(content, found)
    order = list(masked.replacements)
    random.shuffle(order)  # type: ignore[attr-defined]
    for one in order:
        masked = undo(masked, [one])
    assert masked.content == content
    assert masked.replacements == ()


@settings(max_examples=200, deadline=None)
@given(records(), st.data())
def test_a_span_that_cuts_a_name_covers_its_mask(
    drawn: tuple[Content, list[Finding]], data: st.DataObject
) -> None:
    content, found = drawn
    size = len(content.text)
    start = data.draw(st.integers(0, size))
    span = Span(start, data.draw(st.integers(start, size)))
    claim = Claim("词", Evidence("r", span.of(content.text), span))
    masked = mask(content.with_fields(keywords=(claim,)), found).content
    moved = masked.keywords[0].evidence
    assert moved.span
    assert 0 <= moved.span.start <= moved.span.end <= len(masked.text)
    assert moved.quote == moved.span.of(masked.text)


def test_the_whole_record_is_masked_alike_and_numbers_of_cases_stay() -> None:
    text = (
        "申请人陈建国，电话13800138025。\n"
        "陈建国诉某局，（2024）渝01行终354号，《行政复议法》第六十八条。"
    )
    at, law = text.index("（2024"), text.index("《行政")
    docket = Docket("（2024）渝01行终354号", "(2024)渝01行终354号", DocketKind.COURT)
    citation = Citation(
        Span(law, len(text) - 1), text[law:-1], "行政复议法", None, 68, None, None,
        CitationStatus.RESOLVED, "registry",
    )  # fmt: skip
    edge = text.index("\n") + 1
    content = Content(
        kind=RecordKind.TYPICAL_CASE,
        title="陈建国不服某局处罚案",
        subtitle="——陈建国案",
        text=text,
        sections=(
            Section(Role.FACTS, "申请人陈建国", Span(0, edge), Span(6, edge - 1)),
            Section(Role.OTHER, "", Span(edge, len(text)), Span(edge, len(text))),
        ),
        dockets=(Claim(docket, Evidence("r", docket.raw, Span(at, at + len(docket.raw)))),),
        citations=(Claim(citation, Evidence("r", citation.raw, citation.span)),),
        parties=(named(text, "陈建国"),),
        keywords=(Claim("陈建国", Evidence("meta", "关键词：陈建国")),),
    )
    masked = mask(content, check(content))
    record = masked.content
    assert record.title == "陈某某不服某局处罚案"
    assert record.subtitle == "——陈某某案"
    assert "陈建国" not in repr(record)
    assert "13800138025" not in repr(record)
    assert record.sections[0].heading == "申请人陈某某"
    assert record.parties[0].value.name == record.parties[0].evidence.quote == "陈某某"
    assert record.keywords[0].evidence.quote == "关键词：陈某某"
    assert record.dockets[0].value == docket
    for claim, words in ((record.dockets[0], docket.raw), (record.citations[0], citation.raw)):
        assert claim.evidence.span
        assert claim.evidence.span.of(record.text) == words
    assert record.citations[0].value.span.of(record.text) == citation.raw
    assert undo(masked).content == content


def test_only_what_was_accepted_is_masked() -> None:
    text = "陈建国不服，电话13800138025。"
    whole = Span(0, len(text))
    content = Content(
        kind=RecordKind.TYPICAL_CASE,
        title="",
        text=text,
        sections=(Section(Role.OTHER, "", whole, whole),),
    )
    phone = [finding for finding in check(content) if finding.kind is Kind.PHONE]
    assert mask(content, phone).content.text == "陈建国不服，电话×××。"
    assert mask(content, []).content == content
