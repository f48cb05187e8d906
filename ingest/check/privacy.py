"""The privacy gate: personal information that stands open in a record, with a mask for each.

Follows the rules of the Supreme People's Court on publishing judgments online (最高人民法院关于
人民法院在互联网公布裁判文书的规定, 法释〔2016〕19号; articles 8 and 9 read in an excerpt, 10 and 11
from memory): 8 says whose names are to be masked, 9 how, 10 what is to be left out or replaced by
×, 11 what may stay. Typical cases mask the names of all natural persons, so all are reported; those
of officials, judges and lawyers stay. Nothing is changed here: a mask is a proposal
(`ingest.check.masking`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from ingest.check.findings import Certainty, Field, Finding, Hit, Kind, fields_of, gathered
from ingest.check.homes import homes
from ingest.check.masking import strings
from ingest.check.name_masks import Proposal, forms, proposals
from ingest.check.names import Named, open_names
from ingest.check.numbers import numbers
from ingest.check.plain import HAN, plain
from kb.law import dockets
from kb.model import Content, Span, settled

_OPEN_NAME = re.compile(rf"(?!.*(?:某|公司|[局厅院店厂社行部馆]$))[{HAN}·]{{2,15}}")
_SURE = 6  # of a name's score: more than one sign speaks for it


def check(content: Content, origin: str = "") -> tuple[Finding, ...]:
    """What stands open in a record and in the name of the file it came from.

    origin: path or URL of the source, "" for none. What is masked already (某, ×, *) is not
    reported; nor are numbers of cases and papers, organisations, and those who act for an office.
    """
    originals = {field: text for field, text in fields_of(content) if text}
    if values := _values(content):
        originals[Field.VALUES] = values
    if name := _file_name(origin):
        originals[Field.FILE_NAME] = name
    texts = {field: plain(text) for field, text in originals.items()}
    papers = {field: [span for span, _ in dockets.find(text)] for field, text in originals.items()}
    found = [
        (field, originals[field], hit)
        for field, hit in (*_numbers(texts), *_names(texts, content))
        if not any(_overlap(hit.span, span) for span in papers[field])
    ]
    found.sort(key=lambda item: (list(Field).index(item[0]), item[2].span))
    return gathered(found)


def _values(content: Content) -> str:
    """What values of fields and their evidence say that the record's own words do not, a line each:
    a name that was masked in the text by hand stands on in a party."""
    words = "\n".join(text for _, text in fields_of(content))
    told = dict.fromkeys(said for said in strings(content) if said and said not in words)
    return "\n".join(told)


def _file_name(origin: str) -> str:
    """The name of the file without its ending; of a URL the last part of its path."""
    if re.match(r"https?://", origin):
        origin = unquote(urlsplit(origin).path)
    return PurePath(re.sub(r"#\d+$", "", origin).replace("\\", "/")).stem


def _numbers(texts: dict[Field, str]) -> Iterator[tuple[Field, Hit]]:
    for field, text in texts.items():
        for hit in (*numbers(text), *homes(text)):
            yield field, hit


def _names(texts: dict[Field, str], content: Content) -> Iterator[tuple[Field, Hit]]:
    masked = forms(texts.values())
    hints = [(form.surname, form.tails) for form in masked]
    found = open_names(list(texts.items()), hints)
    named = (*found, *_parties(texts, content, {one.name for one in found}))
    proposed = proposals(named, masked, content, list(texts.values()))
    for one in named:
        rule, why, certainty = _reason(one, proposed[one.name])
        for field, span in one.places:
            yield field, Hit(Kind.NAME, span, rule, why, certainty, proposed[one.name].mask)


def _parties(texts: dict[Field, str], content: Content, known: set[str]) -> Iterator[Named]:
    """Natural persons who are parties under an open name, wherever it stands: that they are persons
    need not be guessed."""
    for party in dict.fromkeys(settled(content.parties)):
        name = plain(party.name)
        if party.natural and name not in known and _OPEN_NAME.fullmatch(name):
            known.add(name)
            places = [
                (field, Span(*match.span()))
                for field, text in texts.items()
                for match in re.finditer(re.escape(name), text)
            ]
            if places:
                yield Named(name, tuple(places), _SURE, sure=True)


def _reason(named: Named, proposal: Proposal) -> tuple[str, str, Certainty]:
    if proposal.known:
        why = f"同一人在别处已隐名为“{proposal.mask}”，此处仍是真名（法释〔2016〕19号第九条）"
        return "name.masked_elsewhere", why, Certainty.CERTAIN
    why = "自然人姓名应当隐去名字、保留姓氏（法释〔2016〕19号第八条、第九条）"
    sure = Certainty.LIKELY if named.sure or named.score >= _SURE else Certainty.POSSIBLE
    return "name.open", why, sure


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
