"""Who published: the import's option, the page's meta, or the masthead (某厅 某局 联合发布)."""

from __future__ import annotations

import re

from ingest.document import SourceDocument
from ingest.extract.evidence import given, stated
from ingest.extract.options import Options
from ingest.extract.parts import is_paper, masthead
from kb.model import Claim, Content

_ORGAN = (
    r"[\u4e00-\u9fff]{2,28}?(?:人民法院|人民检察院|人民政府|司法部|司法厅|司法局|监督管理局|管理局|委员会|办公室|总局|厅|局|部|院)"
    r"(?:[（(]示例[）)])?"
)
_PUBLISHES = re.compile(
    rf"^\W*(?P<names>{_ORGAN}(?:[\s、，,和与及]+{_ORGAN})*)\s*(?:联合|共同)?(?:发布|公布|印发)"
)
# A line that is nothing but names and perhaps the day.
_SIGNED = re.compile(
    rf"^\W*(?P<names>{_ORGAN}(?:[\s、，,和与及]+{_ORGAN})*)"
    r"(?:\s*(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?)?\s*$"
)
_SOURCE = re.compile(
    r"(?:来源|发布机构|发布单位|信息来源|稿源)\s*[：:]\s*(?P<names>.+?)(?=\s{2,}|\s*(?:发布|时间|日期|作者|浏览|阅读|【|\d{4}[-年./])|$)"
)
_RULES = {
    "publisher.masthead": _PUBLISHES,
    "publisher.source": _SOURCE,
    "publisher.signed": _SIGNED,
}
_LONGEST = 80
_BETWEEN = re.compile(r"[\s、，,;；/|｜]+|(?<=[局厅院部会府）)])[和与及](?=[\u4e00-\u9fff]{2})")


def publisher(
    content: Content, document: SourceDocument, options: Options
) -> tuple[Claim[str], ...]:
    """Each publisher by name; several where they published together."""
    if options.publisher:
        return tuple(Claim(name, given(name)) for name in names(options.publisher))
    claims = [
        Claim(name, stated("publisher.meta", document.meta.publisher))
        for name in names(document.meta.publisher)
    ]
    for rule, pattern in _RULES.items():
        if rule == "publisher.signed" and is_paper(content):
            continue  # the organ in its head decided; who published the page is another question
        for line in masthead(document, content):
            match = pattern.search(line) if len(line) <= _LONGEST else None
            if match and (rule == "publisher.masthead" or not claims):
                claims += [Claim(name, stated(rule, line)) for name in names(match["names"])]
    return _each_once(claims)


def is_organ(line: str) -> bool:
    """Whether a line is nothing but the names of organs."""
    return bool(_SIGNED.match(line))


def names(text: str) -> tuple[str, ...]:
    """The names in a line of one or several publishers."""
    parts = (part.strip(" 　：:。【】") for part in _BETWEEN.split(text.strip()))
    return tuple(dict.fromkeys(_closed(part) for part in parts if len(part) >= 2))


def _closed(name: str) -> str:
    """A name whose last bracket the page's line cut off."""
    for opening, closing in ("（）", "()"):
        if name.count(opening) > name.count(closing):
            return name + closing
    return name


def _each_once(claims: list[Claim[str]]) -> tuple[Claim[str], ...]:
    kept: dict[str, Claim[str]] = {}
    for claim in claims:
        kept.setdefault(claim.value, claim)
    return tuple(kept.values())
