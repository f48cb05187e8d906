"""What a case is compared by: its facts, its title, acts and issues, the provisions it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb import law
from kb.issues import find_acts, find_issues
from kb.law.statutes import Registry
from kb.model import Citation, Content, Role, settled
from kb.search.similar.provisions import Cited, cited
from kb.search.similar.wording import Wording
from kb.text.normalise import fold_text

# What a record without a section of facts is compared by is all but these.
_NO_STORY = (Role.HEAD, Role.KEYWORDS, Role.STATUTES, Role.TAIL)
_LONGEST_TITLE = 60
_ENDS = "。；;！？!?"
_PAPER = re.compile(r"书\s*(?:[(（].*[)）])?$")
_DISPUTE = re.compile("不服|诉|案")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matter:
    """facts: told in the record, its whole body where no section of it is facts. title: with
    subtitle and keywords. acts, issues: codes (`kb.issues`)."""

    facts: Wording
    title: Wording
    acts: tuple[str, ...]
    issues: tuple[str, ...]
    provisions: tuple[Cited, ...]


def of_content(content: Content) -> Matter:
    """The matter of a record."""
    return _matter(
        story(content),
        "\n".join((_telling(content.title), content.subtitle, *settled(content.keywords))),
        settled(content.acts),
        settled(content.issues),
        settled(content.citations),
    )


def of_text(text: str, registry: Registry) -> Matter:
    """The matter of a text that someone pasted, read as an import would read it."""
    title = title_of(text)
    return _matter(
        text,
        _telling(title),
        dict.fromkeys(code for code, _, _ in find_acts(title, text)),
        dict.fromkeys(code for code, _, _ in find_issues(title, text)),
        law.cite(text, None, registry),
    )


def story(content: Content) -> str:
    """The facts of a record; else its body."""
    text = content.text
    facts = [s.body.of(text) for s in content.sections if s.role is Role.FACTS]
    body = [s.body.of(text) for s in content.sections if s.role not in _NO_STORY]
    return "\n".join(facts).strip() or "\n".join(body).strip() or text


def title_of(text: str) -> str:
    """The first line of a pasted text, where it reads as a title; else ""."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    short = 0 < len(first) <= _LONGEST_TITLE and not any(end in first for end in _ENDS)
    return first if short and rest.strip() else ""


def _telling(title: str) -> str:
    """A title, where it tells of the dispute: that of a formal paper may be no more than its name
    and number."""
    return "" if _PAPER.search(title) and not _DISPUTE.search(title) else title


def _matter(
    facts: str,
    title: str,
    acts: Iterable[str],
    issues: Iterable[str],
    citations: Iterable[Citation],
) -> Matter:
    return Matter(
        facts=Wording.of(fold_text(facts)),
        title=Wording.of(fold_text(title)),
        acts=tuple(acts),
        issues=tuple(issues),
        provisions=cited(citations),
    )
