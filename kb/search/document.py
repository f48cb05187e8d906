"""A record as engines index it: words by field, stretches to quote from, where it is filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from kb import places
from kb.issues import Taxonomy, acts, issues, outcomes
from kb.model import Case, Citation, CitationStatus, Content, PartyRole, Region, RegionRole, settled
from kb.search.engine import IndexDocument
from kb.search.query import TITLE
from kb.search.request import FacetName
from kb.text.normalise import fold_text
from kb.text.segment import words

# Raised when records are filed or cut in another way, so that an older index is made anew.
DOCUMENT_VERSION = 3

_DECIDING = (RegionRole.AUTHORITY, RegionRole.COURT)
_OFFICIAL = (
    PartyRole.RESPONDENT,
    PartyRole.DEFENDANT,
    PartyRole.APPELLANT,
    PartyRole.APPELLEE,
    PartyRole.REVIEW_AUTHORITY,
    PartyRole.COURT,
)


def index_document(case: Case, cut: Callable[[str], Sequence[str]] = words) -> IndexDocument:
    """What an engine is given of a record. cut: gives the words of a folded text, of which no word
    reaches over the end of a line."""
    content = case.content
    dockets = [
        text for docket in settled(content.dockets) for text in (docket.raw, docket.normalised)
    ]
    title = [fold_text(content.title), fold_text(content.subtitle)]
    body = fold_text(content.text)
    day = sorting_day(case)
    headed = sum(map(len, title)) + len(title)  # each text is followed by a sign of its own
    return IndexDocument(
        id=case.id,
        words={"title": cut("\n".join(title)), "body": cut(body)},
        texts=[*title, body, *dict.fromkeys(fold_text(docket) for docket in dockets)],
        filed=_filed(case),
        day=day.toordinal() if day else 0,
        revision=case.revision,
        sections=[(TITLE, 0, headed - 1), *_sections(content, headed)],
    )


def sorting_day(case: Case) -> date | None:
    """The date a record is sorted by: of the decision, else of its publication."""
    days = settled(case.content.decided) or settled(case.content.published)
    return days[0] if days else None


def statute_values(citation: Citation) -> tuple[str, ...]:
    """Where a citation is filed: under its statute, its article, its paragraph and its item, as
    far as it names them: 行政复议法, 行政复议法第30条, …第1款, …第2项."""
    if citation.status is CitationStatus.UNRESOLVED or citation.work is None:
        return ()
    values = [citation.work]
    if citation.article is not None:
        values.append(article_value(citation.work, citation.article))
        if citation.paragraph is not None:
            values.append(f"{values[-1]}第{citation.paragraph}款")
        if citation.item is not None:
            values.append(f"{values[-1]}第{citation.item}项")
    return tuple(values)


def _sections(content: Content, before: int) -> Iterator[tuple[str, int, int]]:
    """Role, begin and end of each section in the folded text, which stands after so many
    characters. Folding goes character by character, so pieces may be folded apart."""
    bodies = [section.body for section in content.sections]
    edges = sorted({edge for body in bodies for edge in (body.start, body.end)})
    folded, at, place = {}, before, 0
    for edge in edges:
        at += len(fold_text(content.text[place:edge]))
        folded[edge], place = at, edge
    for section in content.sections:
        yield section.role.value, folded[section.body.start], folded[section.body.end]


def article_value(work: str, article: int | str) -> str:
    """Where what cites an article is filed: 行政处罚法第33条, 刑法第120条之1."""
    number, _, branch = str(article).partition("之")
    return f"{work}第{number}条{'之' + branch if branch else ''}"


def _filed(case: Case) -> dict[FacetName, tuple[str, ...]]:
    content = case.content
    day = sorting_day(case)
    statutes = [value for cited in settled(content.citations) for value in statute_values(cited)]
    filed: dict[FacetName, list[str]] = {
        FacetName.REGION: _with_those_above(_where(content)),
        FacetName.AUTHORITY_REGION: _with_those_above(_in_role(content, *_DECIDING)),
        FacetName.PARTY_REGION: _with_those_above(_in_role(content, RegionRole.PARTY)),
        FacetName.AUTHORITY: _authorities(content),
        FacetName.ACT: _with_parents(acts(), settled(content.acts)),
        FacetName.ISSUE: _with_parents(issues(), settled(content.issues)),
        FacetName.OUTCOME: _with_parents(outcomes(), settled(content.outcomes)),
        FacetName.STATUTE: statutes,
        FacetName.KIND: [content.kind.value],
        FacetName.PUBLISHER: list(settled(content.publishers)),
        FacetName.BATCH: list(settled(content.batch)[:1]),
        FacetName.YEAR: [str(day.year)] if day else [],
    }
    return {name: tuple(dict.fromkeys(values)) for name, values in filed.items()}


def _where(content: Content) -> list[Region]:
    """The regions a record is filed under: where it happened and who decided. Where it was
    published counts only if nothing else is known: a joint batch has it all in two provinces."""
    regions = settled(content.regions)
    return [r for r in regions if r.role is not RegionRole.PUBLISHER] or list(regions)


def _in_role(content: Content, *roles: RegionRole) -> list[Region]:
    return [region for region in settled(content.regions) if region.role in roles]


def _with_those_above(regions: Iterable[Region]) -> list[str]:
    return [code for region in regions for code in places.ancestors(region.code)]


def _authorities(content: Content) -> list[str]:
    """The authorities and courts of a record by their full names: those that its regions were read
    from, and those among the parties."""
    named = [
        claim.evidence.quote
        for claim in content.regions
        if claim.value.role in _DECIDING and not claim.rejected
    ]
    named += [p.name for p in settled(content.parties) if p.role in _OFFICIAL and not p.natural]
    return [found.full_name for text in named for found in places.authorities(text)]


def _with_parents(taxonomy: Taxonomy, codes: Iterable[str]) -> list[str]:
    filed: list[str] = []
    for code in codes:
        while code and (term := taxonomy.get(code)):
            filed.append(code)
            code = term.parent
    return filed
