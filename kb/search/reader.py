"""The signs of a query read left to right into what it asks for, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.search.fields import (
    FACET_LABELS,
    Field,
    Names,
    Provision,
    TextField,
    another_place,
    meaning,
    provision,
    provision_with_blanks,
    statutes_named,
)
from kb.search.lexer import Lexeme, Sign, lexemes
from kb.search.query import And, Everything, Filed, InSection, Node, Not, Or, Quoted, Words
from kb.search.questions import asks, is_question
from kb.search.reading import short
from kb.search.request import FacetName
from kb.search.runs import (
    PUNCTUATION,
    bare_docket,
    day,
    docket,
    plain_words,
    runs,
    spaced_docket,
    telling,
)
from kb.search.sections import Sections
from kb.synonyms import said_otherwise, synonyms
from kb.text.normalise import fold_text

# A run of more words than this describes a case rather than names what must stand in it.
_MOST_REQUIRED = 6
# A query of more signs, or longer, was pasted rather than typed.
_MOST_SIGNS = 60
_LONGEST_QUESTION = 300
_PLACE = re.compile(r"[第(（\d０-９一二三四五六七八九十百、和至到~-]|[与及§]$")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for: the words as typed, where they stand in what was typed, and what they
    mean. within: the number of the box of words they were typed into (`SearchRequest.within`),
    None for the query itself. unbound: of words looked for in one section, the words alone.
    cited: the provision that it asks for, "" for none."""

    typed: str
    node: Node
    start: int
    end: int
    within: int | None = None
    unbound: str = ""
    cited: str = ""


class Reader:
    """Reads signs left to right; 或 joins what stands on its two sides."""

    def __init__(
        self, query: str, use_synonyms: bool, names: Names, notes: dict[str, None]
    ) -> None:
        self._query = query
        self._use_synonyms = use_synonyms
        self._names = names
        self._section = self._excluding = False
        self._before = self._statute = ""
        self._notes = notes
        self._signs = list(lexemes(query, self._note))
        self._at = 0

    def describes(self) -> bool:
        """Whether the query tells a story, as pasted facts do, rather than asks for words."""
        if is_question(self._query, self._signs) and not provision(self._query.rstrip("?？ ")):
            return True
        if not self._signs or self._signs[0].sign is Sign.QUOTED:
            return False
        if len(self._signs) > _MOST_SIGNS or len(self._query) > _LONGEST_QUESTION:
            return True
        plain = all(
            sign.sign in (Sign.WORD, Sign.NUMBER, Sign.QUOTED) or sign.sections
            for sign in self._signs
        )
        said = self._unquoted()
        stops = len(PUNCTUATION.findall(said))
        headed = any(sign.sections for sign in self._signs)  # a paragraph with its heading
        sentences = stops > 2 and (len(self._query) > 60 or (headed and stops > 3))
        return plain and len(self._signs) > 1 and ("\n" in said.strip() or sentences)

    def _unquoted(self) -> str:
        """The query but its quotations, whose lines and stops are another's."""
        kept, at = [], 0
        for sign in self._signs:
            if sign.sign is Sign.QUOTED:
                kept.append(self._query[at : sign.start])
                at = sign.end
        return "".join((*kept, self._query[at:]))

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
                    parts[-1] = self._joined(parts[-1], part)
                else:
                    parts.append(part)
                joining = False
        return parts

    def _part(self, sign: Lexeme) -> Iterable[Part]:
        match sign.sign:
            case Sign.NOT:
                yield from self._excluded(sign)
            case Sign.OPEN:
                inside = self.alternatives()
                if inside:
                    yield self._made(sign, both([part.node for part in inside]))
            case Sign.FIELD if sign.sections:
                yield from self._in_section(sign, sign.sections)
            case Sign.FIELD:
                yield from self._in_field(sign)
            case Sign.QUOTED:
                if fold_text(sign.text):
                    yield self._made(sign, Quoted(sign.text))
            case Sign.NUMBER:
                yield self._made(sign, docket(sign.text))
            case _:
                # 行政处罚法第33条 或 第34条: a place goes on with the statute right before it.
                self._before, self._statute = self._statute, ""
                yield from self._run(sign)

    def _excluded(self, sign: Lexeme) -> Iterable[Part]:
        excluding = True
        while (following := self._peek()) and following.sign is Sign.NOT:
            excluding = not excluding
            self._next()
        if following is None or following.sign in (Sign.CLOSE, Sign.OR):
            return
        self._next()
        # What is excluded is what was typed, never what means much the same.
        before = self._use_synonyms, self._excluding
        self._use_synonyms, self._excluding = False, excluding != self._excluding
        excluded = list(self._part(following))
        self._use_synonyms, self._excluding = before
        if excluded:
            node = both([part.node for part in excluded])
            yield self._made(sign, Not(node) if excluding else node)

    def _in_section(self, sign: Lexeme, sections: Sections) -> Iterable[Part]:
        """段落:典型意义 and the sign or bracketed group behind it."""
        following = self._peek()
        if self._section or following is None or following.sign in _NOTHING_TO_FIND:
            name = re.split("[:：]", sign.text.rstrip(":： "))[-1].strip()
            if self._section:
                self._note(f"“{name}:”已在另一处段落检索之内，已按词检索")
            else:
                self._note(f"“{name}:”后面没有要在这一段里找的词，已按词检索")
            yield self._made(sign, self._words(name), alone=True)
            return
        self._next()
        self._section = True
        asked = list(self._part(following))
        self._section = False
        if not asked:
            return
        inner = both([part.node for part in asked])
        excluding = isinstance(inner, Not)  # 典型意义:-罚款 leaves out those that say it there
        node: Node = InSection(sections.roles, inner.part if isinstance(inner, Not) else inner)
        unbound = self._query[asked[0].start : asked[-1].end]
        said = unbound.strip("()（）-－ ")
        where = "不在" if excluding != self._excluding else "只在"
        self._note(f"{where}“{sections.label}”里找：{short(said)}")
        yield replace(self._made(sign, Not(node) if excluding else node), unbound=unbound)

    def _in_field(self, sign: Lexeme) -> Iterable[Part]:
        value = self._peek()
        field = sign.field
        if value is None or field is None or value.sign in _NOTHING_TO_FIND:
            yield self._made(sign, self._words(sign.text), alone=True)
            return
        self._next()
        if value.sign is Sign.NOT:  # 地区:-重庆 leaves out what -地区:重庆 does
            for part in self._in_field(sign):
                yield replace(part, node=Not(part.node), cited="")
            return
        values, cited = _listed(value), ""
        if field is TextField.DOCKET and value.sign is Sign.WORD:
            text = self._cited(value)  # 案号:渝中府复 2024 85
            values = [text] if bare_docket(text) else values
        if field is FacetName.STATUTE and value.sign is Sign.WORD and not self._section:
            text = self._cited(value)  # 法条:处罚法 33
            if found := provision(text):
                values, cited = [text], found.label
            elif named := statutes_named(text):
                values = [text[begin:end] for begin, end in named]
        if value.sign is Sign.OPEN:  # 地区:(重庆 或 成都)
            values = []
            while (value := self._next()) and value.sign is not Sign.CLOSE:
                values += _listed(value) if value.sign in (Sign.WORD, Sign.QUOTED) else []
        if values and self._section:
            self._note(f"段落里只找词，“{sign.text}:”不作字段")
            yield self._made(sign, _any(self._words(text) for text in values))
        elif values:
            node = _any(self._value(field, text) for text in values)
            yield replace(self._made(sign, node), cited=cited)

    def _value(self, field: Field, text: str) -> Node:
        if isinstance(field, TextField):
            return bare_docket(text) or docket(text)
        meant = meaning(field, text, self._names)
        if meant is None:
            self._note(f"“{text}”不是已知的{FACET_LABELS[field]}，已按词检索")
            return Quoted(text)
        for note in meant.notes:
            self._note(note)
        filed = Filed(field, meant.values, meant.label)
        # An authority may be named in the text without being a party.
        return Or((filed, Quoted(text))) if field is FacetName.AUTHORITY else filed

    def _run(self, sign: Lexeme) -> Iterable[Part]:
        """What was typed without blanks: a citation, a number, or words, parted at punctuation."""
        text = self._cited(sign)
        if whole := self._recognised(text, sign.start):
            yield whole
            return
        if named := statutes_named(text):
            yield from self._of_several(named, text, sign.start)
            return
        found = [(start, run) for start, run in runs(text, sign.start) if fold_text(run)]
        recognised = [run != text and self._recognised(run, start) for start, run in found]
        if not any(recognised) and self._any_serves(text):
            yield self.description(text, sign.start)
            return
        for (start, run), part in zip(found, recognised, strict=True):
            if part:
                yield part
            elif any(character.isalnum() for character in run):
                yield Part(run, self._words(run), start, start + len(run))
            else:
                self._note(f"“{short(run)}”里没有字，已略去")

    def cited(self, text: str, found: Provision, start: int = 0) -> Part:
        """What a provision asks for that was typed there."""
        self._statute = found.work
        return Part(text, self._provision(text, found), start, start + len(text), cited=found.label)

    def _recognised(self, text: str, start: int) -> Part | None:
        """A provision, a number of a case or a day, if the text is nothing else."""
        if found := provision(text):
            return self.cited(text, found, start)
        if self._before and (found := another_place(self._before, text)):
            return replace(
                self.cited(found.label or text, found, start), typed=text, end=start + len(text)
            )
        if node := day(text) or bare_docket(text):
            return Part(text, node, start, start + len(text))
        return None

    def _of_several(
        self, named: Iterable[tuple[int, int]], text: str, start: int
    ) -> Iterable[Part]:
        """行政处罚法第33、34条和行政复议法第23条: all are asked for unless 或 joins them, of each
        any of its places."""
        parts: list[Part] = []
        at = 0
        for begin, end in named:
            if found := provision(text[begin:end]):
                part = self.cited(text[begin:end], found, start + begin)
                if parts and "或" in text[at:begin]:
                    part = self._joined(parts.pop(), part)
                parts.append(part)
            at = end
        return parts

    def _cited(self, sign: Lexeme) -> str:
        """A word, or with those after it provisions or a number of a case with blanks: 行复法 30,
        处罚法 第33条 和 34条, 渝中府复 2024 85号."""
        for behind in (3, 2, 1):
            last = self._at + behind - 1
            if last >= len(self._signs) or self._signs[last].sign is not Sign.WORD:
                continue
            if not all(_PLACE.match(s.text) for s in self._signs[self._at : last + 1]):
                continue
            text = self._query[sign.start : self._signs[last].end]
            if provision_with_blanks(text) or spaced_docket(text):
                self._at = last + 1
                return text
        return sign.text

    def _provision(self, text: str, cited: Provision) -> Node:
        if self._section:  # nothing is filed by section: its words must stand there
            return Or((Quoted(text), *(self._words(label) for label in cited.labels)))
        any_of = "" if cited.label else "；引用其一即列出，都要引用的请各自写全，以空格隔开"
        self._note(f"“{text}”按法条检索：{cited.shown}{any_of}")
        filed = Filed(FacetName.STATUTE, frozenset(cited.values), cited.shown)
        return Or((filed, Quoted(text)))

    def _any_serves(self, text: str) -> bool:
        return len(telling(text)) > _MOST_REQUIRED or (asks(text) and not self._excluding)

    def description(self, text: str, start: int) -> Part:
        """A text of which any word serves."""
        what = "按问题检索" if asks(text) else "内容较长，按案情描述检索"
        self._note(f"{what}：含其中任意词语即列出，相关的在前")
        said = dict.fromkeys(telling(text))
        # A single character stands everywhere and describes nothing.
        node = Words(text, tuple(w for w in said if len(w) > 1) or tuple(said), every=False)
        if self._use_synonyms and len(text) <= _LONGEST_QUESTION:
            node = replace(node, synonyms=said_otherwise(text))
        if node.synonyms:
            self._note(f"同时检索：{'、'.join(node.synonyms)}")
        return Part(text, node, start, start + len(text))

    def _words(self, run: str) -> Words:
        node = plain_words(run)
        if not self._use_synonyms:
            return node
        others = synonyms(run)
        if others:
            self._note(f"“{run}”同时检索：{'、'.join(others)}")
        return replace(node, synonyms=others)

    def _peek(self) -> Lexeme | None:
        return self._signs[self._at] if self._at < len(self._signs) else None

    def _next(self) -> Lexeme | None:
        sign = self._peek()
        self._at += sign is not None
        return sign

    def _made(self, first: Lexeme, node: Node, *, alone: bool = False) -> Part:
        """A part from its first sign to the last one read; alone: of the first sign only."""
        end = first.end if alone or not self._at else self._signs[self._at - 1].end
        return self._slice(first.start, max(first.end, end), node)

    def _joined(self, left: Part, right: Part) -> Part:
        before = left.node.parts if isinstance(left.node, Or) else (left.node,)
        after = right.node.parts if isinstance(right.node, Or) else (right.node,)
        return self._slice(left.start, right.end, Or((*before, *after)))

    def _slice(self, start: int, end: int, node: Node) -> Part:
        return Part(self._query[start:end].strip(), node, start, end)

    def _note(self, note: str) -> None:
        self._notes[note] = None


_NOTHING_TO_FIND = (Sign.CLOSE, Sign.OR, Sign.FIELD)


def whole_part(query: str, node: Node) -> Part:
    """All that was typed as one part."""
    return Part(query, node, 0, len(query))


def _listed(value: Lexeme) -> list[str]:
    """A field's values: a quotation is one, words may be several, parted by commas."""
    if value.sign is not Sign.WORD:
        return [value.text]
    return [text for text in re.split(r"[,，、]", value.text) if text] or [value.text]


def _any(nodes: Iterable[Node]) -> Node:
    nodes = tuple(nodes)
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def both(nodes: list[Node]) -> Node:
    """A query of which all parts must hold."""
    if not nodes:
        return Everything()
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
