"""What a typed query means: its signs read into a tree, with notes on how it was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kb import law
from kb.search.document import statute_values
from kb.search.fields import FACET_LABELS, Field, TextField, meaning
from kb.search.lexer import Lexeme, Sign, lexemes
from kb.search.query import And, Everything, Filed, Node, Not, Or, Quoted, Words
from kb.search.request import FacetName
from kb.synonyms import synonyms
from kb.text.normalise import fold_text
from kb.text.segment import Token, stop_words, tokens, words

# A run of more words than this describes a case rather than names what must stand in it.
_MOST_REQUIRED = 6
# A query of more signs, or longer, was pasted rather than typed.
_MOST_SIGNS = 60
_LONGEST_QUESTION = 300
_PUNCTUATION = re.compile(r"[，。；、？！：,;?!…]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for: the words as typed, and what they mean."""

    typed: str
    node: Node


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as read. parts: all must hold. notes: what people should be told of the reading."""

    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def node(self) -> Node:
        return _both([part.node for part in self.parts])

    def without(self, index: int) -> Node:
        """The same query with one part dropped."""
        return _both([part.node for n, part in enumerate(self.parts) if n != index])


def understand(query: str, *, use_synonyms: bool = True) -> Understood:
    """Reads any text as a query; nothing is an error."""
    notes: dict[str, None] = {}
    if (spaced := law.typed(query)) and len(query.split()) > 1:  # 食安法 124, 行复法 30-1-2
        query = law.label(spaced)
    reader = _Reader(query, use_synonyms, notes)
    parts = [_description(query, notes)] if reader.describes() else reader.alternatives()
    whole = _ambiguous_quotation(query)
    if whole:
        parts = [Part(query, Or((Quoted(whole), _both([part.node for part in parts]))))]
    return Understood(tuple(parts), tuple(notes))


class _Reader:
    """Reads signs left to right; 或 joins what stands on its two sides."""

    def __init__(self, query: str, use_synonyms: bool, notes: dict[str, None]) -> None:
        self._query = query
        self._use_synonyms = use_synonyms
        self._notes = notes
        self._signs = list(lexemes(query, self._note))
        self._at = 0

    def describes(self) -> bool:
        """Whether the query tells a story, as pasted facts do, rather than asks for words."""
        if not self._signs or self._signs[0].sign is Sign.QUOTED:
            return False
        if len(self._signs) > _MOST_SIGNS or len(self._query) > _LONGEST_QUESTION:
            return True
        plain = all(sign.sign in (Sign.WORD, Sign.NUMBER, Sign.QUOTED) for sign in self._signs)
        sentences = len(_PUNCTUATION.findall(self._query)) > 2 and len(self._query) > 60
        return plain and len(self._signs) > 1 and ("\n" in self._query.strip() or sentences)

    def alternatives(self) -> list[Part]:
        """Parts up to the end or the closing bracket, those joined by 或 made one."""
        parts: list[Part] = []
        joining = False
        while (sign := self._next()) and sign.sign is not Sign.CLOSE:
            if sign.sign is Sign.OR:
                joining = bool(parts)
                continue
            for part in self._part(sign):
                if joining:
                    parts[-1] = _joined(parts[-1], part)
                else:
                    parts.append(part)
                joining = False
        return parts

    def _part(self, sign: Lexeme) -> Iterable[Part]:
        match sign.sign:
            case Sign.NOT:
                excluding, following = True, self._next()
                while following and following.sign is Sign.NOT:
                    excluding, following = not excluding, self._next()
                if following is None or following.sign in (Sign.CLOSE, Sign.OR):
                    return
                # What is excluded is what was typed, never what means much the same.
                with_synonyms, self._use_synonyms = self._use_synonyms, False
                excluded = list(self._part(following))
                self._use_synonyms = with_synonyms
                if excluded:
                    node = _both([part.node for part in excluded])
                    typed = self._typed(sign, following)
                    yield Part(typed, Not(node) if excluding else node)
            case Sign.OPEN:
                inside = self.alternatives()
                if inside:
                    yield Part(self._typed(sign, sign), _both([part.node for part in inside]))
            case Sign.FIELD:
                yield from self._in_field(sign)
            case Sign.QUOTED:
                if fold_text(sign.text):
                    yield Part(f"“{sign.text}”", Quoted(sign.text))
            case Sign.NUMBER:
                yield Part(sign.text, Quoted(sign.text))
            case _:
                yield from self._run(sign.text)

    def _in_field(self, sign: Lexeme) -> Iterable[Part]:
        value = self._next()
        if value is None or sign.field is None or value.sign in (Sign.CLOSE, Sign.OR):
            return
        values = _listed(value)
        if value.sign is Sign.OPEN:  # 地区:(重庆 或 成都)
            values = []
            while (value := self._next()) and value.sign is not Sign.CLOSE:
                values += _listed(value) if value.sign in (Sign.WORD, Sign.QUOTED) else []
        if values:
            typed = self._typed(sign, value or sign)
            yield Part(typed, _any(self._value(sign.field, text) for text in values))

    def _value(self, field: Field, text: str) -> Node:
        if isinstance(field, TextField):
            return Quoted(text)
        meant = meaning(field, text)
        if meant is None:
            self._note(f"“{text}”不是已知的{FACET_LABELS[field]}，已按词检索")
            return Quoted(text)
        for note in meant.notes:
            self._note(note)
        filed = Filed(field, meant.values, meant.label)
        # An authority may be named in the text without being a party.
        return Or((filed, Quoted(text))) if field is FacetName.AUTHORITY else filed

    def _run(self, text: str) -> Iterable[Part]:
        """What was typed without blanks: a citation, or words, parted at punctuation."""
        cited = law.typed(text)
        if cited and (value := statute_values(cited)[-1:]):
            self._note(f"“{text}”按法条检索：{value[0]}")
            filed = Filed(FacetName.STATUTE, frozenset(value), value[0])
            yield Part(text, Or((filed, Quoted(text))))
            return
        if len(_telling(text)) > _MOST_REQUIRED:
            yield _description(text, self._notes)
            return
        for run in _PUNCTUATION.split(text):
            if fold_text(run):
                yield Part(run, self._words(run))

    def _words(self, run: str) -> Words:
        node = _plain_words(run)
        if not self._use_synonyms:
            return node
        others = synonyms(fold_text(run))
        if others:
            self._note(f"“{run}”同时检索：{'、'.join(others)}")
        return replace(node, synonyms=others)

    def _next(self) -> Lexeme | None:
        if self._at >= len(self._signs):
            return None
        self._at += 1
        return self._signs[self._at - 1]

    def _typed(self, first: Lexeme, last: Lexeme) -> str:
        end = self._signs[self._at - 1].end if self._at else last.end
        return self._query[first.start : max(last.end, end)]

    def _note(self, note: str) -> None:
        self._notes[note] = None


def _description(text: str, notes: dict[str, None]) -> Part:
    notes["内容较长，按案情描述检索：含其中任意词语即列出，相关的在前"] = None
    return Part(text, Words(text, tuple(dict.fromkeys(_telling(text))), every=False))


def _telling(text: str) -> list[str]:
    return [word for word in words(fold_text(text)) if word not in stop_words()]


def _plain_words(run: str) -> Words:
    """What a run asks for: its words but the stop words, if it has others. A word that is wholly
    made of shorter ones (过期食品 of 过期 and 食品) need not stand as one."""
    found = tokens(run)
    made = {token.text for token in found if _made_of_others(token, found)}
    telling = [token.text for token in found if token.text not in stop_words()] or [
        token.text for token in found
    ]
    needed = dict.fromkeys(word for word in telling if word not in made)
    return Words(run, tuple(needed), longer=tuple(made.difference(needed)))


def _made_of_others(token: Token, others: Sequence[Token]) -> bool:
    covered = {
        position
        for other in others
        if token.start <= other.start and other.end <= token.end and other.text != token.text
        for position in range(other.start, other.end)
    }
    return len(covered) == token.end - token.start


def _listed(value: Lexeme) -> list[str]:
    """A field's values: a quotation is one, words may be several, parted by commas."""
    if value.sign is not Sign.WORD:
        return [value.text]
    return [text for text in re.split(r"[,，、]", value.text) if text] or [value.text]


def _joined(left: Part, right: Part) -> Part:
    before = left.node.parts if isinstance(left.node, Or) else (left.node,)
    return Part(f"{left.typed} 或 {right.typed}", Or((*before, right.node)))


def _any(nodes: Iterable[Node]) -> Node:
    nodes = tuple(nodes)
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def _both(nodes: list[Node]) -> Node:
    if not nodes:
        return Everything()
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _ambiguous_quotation(query: str) -> str:
    """What stands between the first and last quotation mark of a query that is one quotation or
    several, as one cannot tell: "甲" "乙" may quote a text that holds quotation marks itself."""
    query = query.strip()
    if len(query) > 2 and query[0] == query[-1] == '"' and '"' in query[1:-1]:
        return query[1:-1]
    return ""
