"""How a query was read, in one line for people: 过期食品，且 不含 罚款，且 地区为重庆市."""

from __future__ import annotations

from kb.search.fields import FACET_LABELS
from kb.search.query import And, Everything, Filed, InSection, Node, Not, Or, Quoted, Words
from kb.search.sections import Sections

_LONGEST = 40


def reading(node: Node) -> str:
    """Every part of a query as it was understood."""
    parts = node.parts if isinstance(node, And) else (node,)
    return "，且 ".join(_said(part, inside=len(parts) > 1) for part in parts)


def short(text: str) -> str:
    """A text in one line, its end left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _said(node: Node, *, inside: bool) -> str:
    match node:
        case Everything():
            return "全部"
        case Words(text, _, every):
            return short(text) if every else f"含“{short(text)}”中任意词语"
        case Quoted(text):
            return f"“{short(text)}”"
        case Filed(facet, values, shown):
            return f"{FACET_LABELS[facet]}为{shown or '、'.join(sorted(values))}"
        case InSection(roles, part):
            return f"“{Sections(roles).label}”里有 {_said(part, inside=True)}"
        case Not(InSection(roles, part)):
            return f"“{Sections(roles).label}”里没有 {_said(part, inside=True)}"
        case Not(part):
            return f"不含 {_said(part, inside=True)}"
        case Or(parts):
            return _joined(" 或 ", parts, inside)
        case And(parts):
            return _joined(" 且 ", parts, inside)


def _joined(word: str, parts: tuple[Node, ...], inside: bool) -> str:
    said = word.join(dict.fromkeys(_said(part, inside=True) for part in parts))
    return f"（{said}）" if inside and word in said else said
