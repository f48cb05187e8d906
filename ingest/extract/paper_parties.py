"""The parties of a formal paper, from the block that introduces them, and whoever decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.extract.evidence import quoted, shifted
from ingest.extract.parts import bodies, is_paper
from kb.law import papers
from kb.model import Claim, Content, Kind, Party, PartyRole, Role, Span
from kb.text.normalise import fold

_LABELS = {
    "被申请人": PartyRole.RESPONDENT, "申请人": PartyRole.APPLICANT,
    "第三人": PartyRole.THIRD_PARTY,
    "被上诉人": PartyRole.APPELLEE, "上诉人": PartyRole.APPELLANT,
    "公益诉讼起诉人": PartyRole.PLAINTIFF, "起诉人": PartyRole.PLAINTIFF,
    "自诉人": PartyRole.PLAINTIFF, "原告": PartyRole.PLAINTIFF,
    "被告人": PartyRole.DEFENDANT, "被告": PartyRole.DEFENDANT,
    "再审被申请人": PartyRole.RESPONDENT, "再审申请人": PartyRole.APPLICANT,
    "申请再审人": PartyRole.APPLICANT, "被申诉人": PartyRole.RESPONDENT,
    "申诉人": PartyRole.APPLICANT, "申请执行人": PartyRole.APPLICANT,
    "被执行人": PartyRole.RESPONDENT, "赔偿请求人": PartyRole.APPLICANT,
    "赔偿义务机关": PartyRole.RESPONDENT,
}  # fmt: skip
_ANY = "|".join(sorted(_LABELS, key=len, reverse=True))
_LABEL = re.compile(
    rf"^(?:原审|一审|二审|复议)?(?P<label>{_ANY})(?:(?:[一二三四五六七八九十]|\d{{1,2}})(?=[:(]))?"
    rf"(?P<and>(?:、(?:原审|一审|二审)?(?:{_ANY}))*)(?:\((?P<also>[^()]{{1,24}})\))?:?"
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.]|[#*·●]+)")
_ALSO = re.compile(r"被上诉人|上诉人|被申请人|申请人|第三人|被告|原告")
# Sentences that begin with a party's label introduce nobody.
_SENTENCE = re.compile(
    r"[的经与和于以称向在对因]|[^,]{0,80}(?:一案|不服|与被告|与被上诉人|经传票|到庭|于\d{4}年)"
)
# Where a sentence of a block that lost its line breaks goes on to somebody else.
_NEXT = re.compile(
    r"(?<=[^\s审要被（(、])"
    r"(?=(?:被申请人|第三人|法定代表人|负责人|委托代理人|住\s*所\s*地?|地\s*址)\s*[：:])"
)
_NAME_ENDS = re.compile(r"[，,。；;：:（(\n]")
_IS_ATTRIBUTE = re.compile(
    r"^(?:男|女|性别|汉|[\u4e00-\u9fff]{1,4}族|住|身份证|公民|居民|出生|\d|统一|法定|负责人|主要负责|地址|经营者|民族|职业|电话|联系)"
)
_PERSON = re.compile(
    r"(?:^|[，,、\s])(?:男|女)(?:$|[，,、\s])|出生|身份证?号?码|[\u4e00-\u9fff]族|性别"
)
_BODY = re.compile(r"法定代表人|负责人|统一社会信用|经营者|登记住所|组织机构")
_ORGANISATION = re.compile(
    r"(?:政府|局|厅|委员会|委|部|院|大队|支队|总队|中心|公司|厂|店|社|所|馆|站|场|行|学校|医院|集团|会|处|队|办|组|部|园|庄|坊|城|吧|屋)$"
)
_AND_OTHERS = re.compile(r"等[^等]{0,6}[人户名]$")
_AGENT = re.compile(r"(?:共同)?(?:委托|诉讼|法定|指定|特别授权)*代理人|出庭|以上")
_COURT_FIELD = re.compile(
    r"\W*(?:审理|审判|管辖)?法\s*院(?:名称)?[】\]\s]*[:：|].*?(?P<court>[\u4e00-\u9fff]{4,24}(?:法院|法庭))\s*$"
)
_MOST = 60  # characters of a name


def paper_parties(content: Content) -> tuple[Claim[Party], ...]:
    """Those named in the block of parties, each once a role, then the authority or court.

    上诉人（原审原告） is both appellant and plaintiff. Representatives are no parties. () for a
    record that is no formal paper.
    """
    if not is_paper(content):
        return ()
    claims: dict[tuple[str, PartyRole], Claim[Party]] = {}
    for party, span in (*_introduced(content), *_decider(content)):
        claim = Claim(party, quoted("parties.block", content.text, span))
        claims.setdefault((party.name, party.role), claim)
    return tuple(claims.values())


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the block says of one party. folded: its sentence from the label on; span: the same in
    the text. further: what follows up to the next party, without the lines of representatives."""

    folded: str
    span: Span
    further: tuple[Span, ...]

    def words(self, text: str) -> str:
        return "\n".join(span.of(text) for span in (self.span, *self.further))


def introductions(content: Content) -> tuple[Introduction, ...]:
    """The parties in the block, in order."""
    found: list[Introduction] = []
    for body in bodies(content, Role.PARTIES):
        for piece in _pieces(content.text, body):
            folded = fold(piece.of(content.text))
            skip = len(m.group()) if (m := _NUMBERED.match(folded.text)) else 0
            span = Span(piece.start + folded.origin[skip], piece.end)
            if _introduces(folded.text[skip:]):
                found.append(Introduction(folded.text[skip:], span, ()))
            elif found and not _AGENT.match(folded.text):
                last = found.pop()
                found.append(Introduction(last.folded, last.span, (*last.further, span)))
    return tuple(found)


def _pieces(text: str, body: Span) -> Iterator[Span]:
    """The sentences and lines of a block, and what runs on in them without a mark."""
    for match in re.finditer(r"[^\n。]+", body.of(text)):
        cuts = [0, *(cut.start() for cut in _NEXT.finditer(match.group())), len(match.group())]
        for start, end in pairwise(cuts):
            yield shifted(Span(start, end), body.start + match.start())


def _introduces(folded: str) -> bool:
    label = _LABEL.match(folded)
    if label is None:
        return False
    return label.group().endswith(":") or not _SENTENCE.match(folded, label.end())


def _introduced(content: Content) -> Iterator[tuple[Party, Span]]:
    for introduction in introductions(content):
        span, label = introduction.span, _LABEL.match(introduction.folded)
        assert label is not None
        words = introduction.words(content.text)
        at = fold(span.of(content.text)).origin[label.end()]
        raw, name_at = _name(words, at)
        also = f"{label['and']}{label['also'] or ''}"
        roles = [_LABELS[role] for role in (label["label"], *_ALSO.findall(also))]
        for name, offset in _each(raw):
            place = Span(span.start + name_at + offset, span.start + name_at + offset + len(name))
            bare = re.sub(r"\s+", "", name)
            natural = _is_natural(bare, words[name_at + len(raw) :])
            for role in dict.fromkeys(roles):
                yield Party(bare, role, natural), place


def _name(words: str, at: int) -> tuple[str, int]:
    """The name that stands at an offset, as printed, and where it begins."""
    at += len(words[at:]) - len(words[at:].lstrip(" \u3000\t:："))
    ended = _NAME_ENDS.search(words, at)
    raw = words[at : min(ended.start() if ended else len(words), at + _MOST)]
    end = 0
    for piece in re.finditer(r"\S+", raw):
        if end and _IS_ATTRIBUTE.match(piece.group()):
            break
        end = piece.end()
    return raw[:end], at


def _each(raw: str) -> Iterator[tuple[str, int]]:
    """甲、乙等三人 are 甲 and 乙."""
    at = 0
    for piece in re.split(r"(、)", raw):
        bare = _AND_OTHERS.sub("", piece).strip()
        if len(bare) >= 2:
            yield bare, at + piece.index(bare)
        at += len(piece)


def _is_natural(name: str, behind: str) -> bool:
    """Whether a person: by what is said behind the name, else by the name itself."""
    if _ORGANISATION.search(name) or _BODY.search(behind):
        return False
    return bool(_PERSON.search(behind)) or len(name) <= 4


def _decider(content: Content) -> Iterator[tuple[Party, Span]]:
    """The organ in the head, by a line or field of its own, else the one that signs."""
    role = PartyRole.COURT if content.kind is Kind.JUDGMENT else PartyRole.REVIEW_AUTHORITY
    for section in content.sections:
        if section.role not in (Role.HEAD, Role.TAIL):
            continue
        for match in re.finditer(r"[^\n]+", section.span.of(content.text)):
            organ = papers.issuer(match.group())
            if organ and (role is PartyRole.COURT) == organ.endswith(("法院", "法庭")):
                start = section.span.start + match.start()
                yield (
                    Party(organ, role, natural=False),
                    Span(start, section.span.start + match.end()),
                )
                return
            if role is PartyRole.COURT and (named := _COURT_FIELD.match(match.group())):
                start = section.span.start + match.start()
                yield Party(named["court"], role, False), shifted(Span(*named.span("court")), start)
                return
