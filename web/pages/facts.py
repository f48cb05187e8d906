"""What a record says in short: the table of facts with evidence, and the statutes cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from flask_babel import format_date, gettext

from kb.answers import CaseAnswer, CitationAnswer, FieldAnswer
from kb.search.request import FacetName, SearchRequest
from web import links, words

Locate = Callable[[int], int | None]
"""From an offset in the record's text to the number of its paragraph."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a fact is held (依据). number: of its stretch in the text; paragraph: None if outside."""

    number: int
    quote: str
    paragraph: int | None
    source: str
    rule: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: what to show, a note beside it, where it leads, and its grounds."""

    text: str
    note: str = ""
    href: str = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provision is cited: the anchor in the text and its paragraph."""

    anchor: str
    paragraph: int | None


@dataclass(slots=True)
class Cited:
    """A provision cited, once, with every place. row: its number in the list, from 1. cases: the
    search for those who cite it too; page: where its text stands, "" where it is not here."""

    row: int
    citation: CitationAnswer
    cases: str
    page: str = ""
    places: list[Place] = field(default_factory=list)


def facts(answer: CaseAnswer, locate: Locate) -> tuple[Fact, ...]:
    """The facts that the record states, in the order a lawyer asks for them."""
    grounds = _Grounds(answer.fields, locate)
    rows = [
        _kind(answer),
        _dockets(answer, grounds),
        _parties(answer, grounds),
        _coded(answer, grounds, "acts", FacetName.ACT),
        _coded(answer, grounds, "issues", FacetName.ISSUE),
        _coded(answer, grounds, "outcomes", FacetName.OUTCOME),
        _regions(answer, grounds),
        _date(gettext("决定日期"), answer.decided, "decided", grounds),
        _date(gettext("发布日期"), answer.published, "published", grounds),
        _named(answer.publishers, "publishers", FacetName.PUBLISHER, grounds),
        _named([answer.batch] if answer.batch else [], "batch", FacetName.BATCH, grounds),
        Fact(
            gettext("关键词"),
            tuple(
                Value(word, "", links.search(SearchRequest(q=word)), grounds.of("keywords", word))
                for word in answer.keywords
            ),
        ),
    ]
    return tuple(row for row in rows if row.values)


def cited(
    answer: CaseAnswer, locate: Locate, page: Callable[[CitationAnswer], str]
) -> tuple[Cited, ...]:
    """What is cited, in the order first cited; the unresolved last. page: see `Cited.page`."""
    rows: dict[tuple[str, str, date | None], Cited] = {}
    for number, citation in enumerate(answer.citations, 1):
        label = citation.label or citation.raw
        key = label, citation.status, citation.version
        if key not in rows:
            cases = links.search(SearchRequest(q=label)) if citation.work else ""
            rows[key] = Cited(0, citation, cases, page(citation))
        row = rows[key]
        paragraph = locate(citation.start)
        if paragraph is not None:
            row.places.append(Place(f"c{number}", paragraph))
    ordered = sorted(rows.values(), key=lambda row: row.citation.status == "unresolved")
    for number, row in enumerate(ordered, 1):
        row.row = number
    return tuple(ordered)


class _Grounds:
    """Finds the evidence of a value among the claims of a record."""

    def __init__(self, fields: Iterable[FieldAnswer], locate: Locate) -> None:
        self._claims = [(n, claim) for n, claim in enumerate(fields, 1) if not claim.rejected]
        self._locate = locate

    def of(self, name: str, *said: str) -> tuple[Ground, ...]:
        """The grounds of a field's value, known by any of the ways it may be said."""
        return tuple(
            self._ground(number, claim)
            for number, claim in self._claims
            if claim.field == name and any(_says(claim, way) for way in said)
        )

    def _ground(self, number: int, claim: FieldAnswer) -> Ground:
        evidence = claim.evidence
        return Ground(
            number=number,
            quote=evidence.quote,
            paragraph=None if evidence.start is None else self._locate(evidence.start),
            source=words.claim_source(evidence.source),
            rule=evidence.rule,
        )


def _says(claim: FieldAnswer, way: str) -> bool:
    value = claim.value
    inner = value.values() if isinstance(value, dict) else [value]
    return bool(way) and (claim.label == way or way in (str(part) for part in inner))


def _kind(answer: CaseAnswer) -> Fact:
    code = answer.kind.code
    return Fact(
        words.facet(FacetName.KIND, ""), (_leading(FacetName.KIND, code, words.kind(code)),)
    )


def _coded(answer: CaseAnswer, grounds: _Grounds, name: str, facet: FacetName) -> Fact:
    values = tuple(
        _leading(facet, coded.code, coded.label, grounds.of(name, coded.code, coded.label))
        for coded in getattr(answer, name)
    )
    return Fact(words.facet(facet, ""), values)


def _named(values: Iterable[str], name: str, facet: FacetName, grounds: _Grounds) -> Fact:
    shown = tuple(_leading(facet, value, value, grounds.of(name, value)) for value in values)
    return Fact(words.facet(facet, ""), shown)


def _regions(answer: CaseAnswer, grounds: _Grounds) -> Fact:
    """Each region once, with all its roles."""
    roles: dict[str, list[str]] = {}
    for region in answer.regions:
        roles.setdefault(region.code, []).append(words.region_role(region.role))
    once = {region.code: region for region in answer.regions}
    values = tuple(
        Value(
            region.name,
            "，".join(filter(None, ["、".join(dict.fromkeys(roles[code])), region.note])),
            links.search(SearchRequest(filters={FacetName.REGION: (code,)})),
            grounds.of("regions", code),
        )
        for code, region in once.items()
    )
    return Fact(words.facet(FacetName.REGION, ""), values)


def _dockets(answer: CaseAnswer, grounds: _Grounds) -> Fact:
    values = tuple(
        Value(
            docket.get("raw", ""),
            words.docket_kind(docket.get("kind", "")),
            "",
            grounds.of("dockets", docket.get("raw", "")),
        )
        for docket in answer.dockets
    )
    return Fact(gettext("案号、文号"), values)


def _parties(answer: CaseAnswer, grounds: _Grounds) -> Fact:
    values = tuple(
        Value(
            str(party.get("name", "")),
            words.party_role(str(party.get("role", ""))),
            "",
            grounds.of("parties", str(party.get("name", ""))),
        )
        for party in answer.parties
    )
    return Fact(gettext("当事各方"), values)


def _date(label: str, day: object, name: str, grounds: _Grounds) -> Fact:
    if day is None:
        return Fact(label, ())
    return Fact(label, (Value(format_date(day, "long"), "", "", grounds.of(name, str(day))),))


def _leading(facet: FacetName, value: str, label: str, grounds: tuple[Ground, ...] = ()) -> Value:
    """A value that leads to all records that share it."""
    return Value(label, "", links.search(SearchRequest(filters={facet: (value,)})), grounds)
