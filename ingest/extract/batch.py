"""The set that a record was published in: 川渝两地行政复议典型案例（第一批）."""

from __future__ import annotations

import re

from ingest.document import SourceDocument
from ingest.extract.evidence import given, stated
from ingest.extract.options import Options
from ingest.extract.parts import masthead
from ingest.extract.publisher import is_organ
from kb.model import Claim, Content
from kb.text.normalise import fold_text

_SET = re.compile(
    r"(?:典型|参考|指导性?|示范|优秀|精选|十大|百优)[\u4e00-\u9fff]{0,6}案例|案例(?:选编|汇编|集)|(?:起|大|个|件)[\u4e00-\u9fff]{0,6}案例"
)
_NUMBERED_SET = re.compile(r"第[一二三四五六七八九十\d]+批")
_LONGEST = 60


def batch(content: Content, document: SourceDocument, options: Options) -> tuple[Claim[str], ...]:
    """At most one claim: the option, the page's meta, or the title above the cases."""
    if options.batch:
        return (Claim(options.batch, given(options.batch)),)
    if document.meta.batch and not is_organ(document.meta.batch):
        return (Claim(document.meta.batch, stated("batch.meta", document.meta.batch)),)
    own = {fold_text(content.title), fold_text(content.subtitle)}
    page_title = document.meta.title
    for rule, lines in (
        ("batch.title", [block.text for block in document.blocks[:2]]),
        ("batch.title", [page_title]),
        ("batch.masthead", list(masthead(document, content))),
    ):
        for line in lines:
            name = re.sub(r"\s+", "", line) if _is_chinese(line) else line.strip()
            if names_set(name) and fold_text(name) not in own and not _is_of(name, content.title):
                return (Claim(name, stated(rule, line)),)
    return ()


def names_set(line: str) -> bool:
    """Whether a line is the name of a set of cases."""
    short = 4 <= len(line) <= _LONGEST and not line.endswith(("。", "；", "："))
    return short and bool(_SET.search(line) or (_NUMBERED_SET.search(line) and "案例" in line))


def _is_of(line: str, title: str) -> bool:
    """典型案例：甲诉乙案 names the case, not its set."""
    return fold_text(title) in fold_text(line)


def _is_chinese(line: str) -> bool:
    return not re.search(r"[A-Za-z]", line)
