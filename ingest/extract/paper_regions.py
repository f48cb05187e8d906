"""The regions of a formal paper: of its parties and of who decided, by names and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest.extract.evidence import quoted, shifted
from ingest.extract.paper_parties import Introduction, introductions, paper_parties
from kb import places
from kb.model import Claim, Content, Party, PartyRole, Region, RegionRole, Span

_DECIDES = (PartyRole.COURT, PartyRole.REVIEW_AUTHORITY)
_ADDRESS = re.compile(
    r"(?:住\s*所\s*地?|住\s*址|现住|户籍地|户籍所在地|住|地\s*址|经营场所)(?:位于|在|为|：|:)?(?=[\u4e00-\u9fff])"
)
# An organ whose name the list of organs does not know.
_ORGAN = re.compile(r"(?:局|厅|委员会|政府|办公室|办事处|管委会|大队|支队|总队)\s*$")
_HEAD_OF = re.compile(r"\s*(?:法定代表人|主要负责人|负责人|经营者)")
_PLACE = 40  # characters of an address that can name its district


def paper_regions(content: Content, day: date | None) -> Iterator[Claim[Region]]:
    """AUTHORITY of organs that are parties or decided, COURT of courts, PARTY of all others: where
    their name begins with a place, and where they live."""
    parties = paper_parties(content)
    for claim in parties:
        span, decides = _place(claim), claim.value.role in _DECIDES
        for organ in places.authorities(span.of(content.text), day):
            role = RegionRole.COURT if organ.court else RegionRole.AUTHORITY
            if organ.court and not decides:
                continue
            yield _claim(content, organ.region_code, role, shifted(organ.span, span.start))
    for introduction in introductions(content):
        named = next((p for p in map(_place, parties) if _within(p, introduction.span)), None)
        yield from _of_party(content, introduction, named, day)


def _place(claim: Claim[Party]) -> Span:
    """Where a party of the block is named."""
    assert claim.evidence.span is not None
    return claim.evidence.span


def _of_party(
    content: Content, introduction: Introduction, named: Span | None, day: date | None
) -> Iterator[Claim[Region]]:
    if named and places.authorities(named.of(content.text), day):
        return
    is_organ = bool(named and _ORGAN.search(named.of(content.text)))
    stretches = [named] if named else []
    for span in (introduction.span, *introduction.further):
        words = span.of(content.text)
        if not _HEAD_OF.match(words) and (address := _ADDRESS.search(words)):
            start = span.start + address.end()
            stretches.append(Span(start, min(start + _PLACE, span.end)))
            break
    for stretch in stretches:
        mentions = [m for m in places.find(stretch.of(content.text), day) if m.span.start == 0]
        if mentions:
            best = max(mentions, key=lambda mention: mention.span.end)
            role = RegionRole.AUTHORITY if is_organ and stretch == named else RegionRole.PARTY
            yield _claim(content, best.code, role, shifted(best.span, stretch.start))
            if is_organ:
                return


def _within(inner: Span, span: Span) -> bool:
    return span.start <= inner.start and inner.end <= span.end


def _claim(content: Content, code: str, role: RegionRole, span: Span) -> Claim[Region]:
    region = Region(code, places.place(code).full_name, role)
    return Claim(region, quoted(f"region.{role}.paper", content.text, span))
