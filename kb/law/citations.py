"""Finds where a text cites a statute: the name it gives, the version it hints at, the provisions.

The walk goes once through the folded text and keeps what the text itself has said so far: its own
short names (以下简称) and the statute named last (该法, 前款). Which work is meant comes later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.law import wording
from kb.law.pinpoints import NUMERAL, Read, places_before, read_pinpoints
from kb.law.provisions import Pinpoint
from kb.law.statutes import Registry, folded_name_key, name_key
from kb.text.normalise import Folded, fold, fold_text


@dataclass(frozen=True, slots=True)
class VersionHint:
    """The version as the text names it: by a date, or only as an earlier one (旧, 修订前)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A citation as it stands in the folded text at start..end.

    name: the key of the name meant, after the text's own aliases; None where a carried reference
    (该法) has nothing to point to. how: title, bare, alias_in_text or carried.
    formal: named in 《》 and like a statute, so worth reporting even if no registry knows it.
    """

    start: int
    end: int
    name: str | None
    at: Pinpoint | None
    how: str
    hint: VersionHint | None = None
    formal: bool = True


def find(text: str, names: Registry) -> tuple[Folded, tuple[Found, ...]]:
    """The folded text and every citation in it, in text order."""
    folded = fold(text)
    # 《关于适用<行政诉讼法>的解释》
    folded = replace(folded, text=folded.text.replace("<", "《").replace(">", "》"))
    walk = _Walk(text, folded, names)
    walk.run()
    return folded, tuple(walk.found)


@dataclass(slots=True)
class _Named:
    """A statute or other paper named in the text. at: the last provision cited of it.
    listed: it heads a list of its articles, one a line."""

    key: str
    start: int
    end: int
    hint: VersionHint | None = None
    at: Pinpoint | None = None
    cited_until: int = -1
    listed: bool = False

    @property
    def statutory(self) -> bool:
        return wording.is_statutory(self.key)


_TOKEN = re.compile(
    # What any of them begins with goes first: most characters begin none.
    r"(?=[《第该本此同上前(0-9])(?:《"
    rf"|第\(?(?={NUMERAL})"
    # 合同法, 根本法, 应该 and 据此 carry nothing; 符合该条例 does.
    r"|(?P<carried>(?:(?<![合共相如])同一?|(?<!应)该|(?<![基根资成文版日书标样])本|(?<![因应据如])此)"
    r"(?=[司法条规办解细决])|[上前]述(?=[司法条规办解细决]))"
    r"|(?P<before>前(?=[款条项一两二三]))"
    r"|(?P<defines>\((?=[^()]{0,40}?(?:以下|下称|下文|后文|简称)))"
    r"|(?<![0-9.])(?P<short>[0-9]{1,4}(?=条)))"
)
_GLUE = re.compile(r"(?:[的中之]|中的|[:：]|规定的|\"|第[一二三四五六七八九十]+编|[一-龥]{2,4}编)?")
_NUMBER = re.compile(NUMERAL)
_NEAR = 60  # how far a bare 第…条 may stand from the statute it belongs to
_PARAGRAPH = 300  # where a verb of citing leads up to it
_QUOTED = 1500  # and how far when the words of the article before stand between


@dataclass(slots=True)
class _Walk:
    text: str
    folded: Folded
    names: Registry
    found: list[Found] = field(default_factory=list)
    aliases: dict[str, _Named] = field(default_factory=dict)
    alias_lengths: set[int] = field(default_factory=set)
    last: _Named | None = None
    last_of: dict[str, _Named] = field(default_factory=dict)
    by_generic: dict[str, set[str]] = field(default_factory=dict)
    titles: list[_Named] = field(default_factory=list)
    own: _Named | None = None

    def run(self) -> None:
        self.own = self._own_title()
        string, position = self.folded.text, 0
        while match := _TOKEN.search(string, position):
            start = match.start()
            if string[start] == "《":
                position = self._title(start)
            elif match["carried"]:
                position = self._carried(match)
            elif match["before"]:
                position = self._before(start)
            elif match["defines"]:
                position = self._definition(start)
            else:
                position = self._article(start, spelled=not match["short"])

    # --- 《…》 -------------------------------------------------------------------------------

    def _title(self, start: int) -> int:
        string = self.folded.text
        titled = wording.read_title(string, start)
        if titled is None:
            return start + 1
        start, end = titled.start, titled.end
        key, hint = folded_name_key(titled.name), titled.hint and VersionHint(*titled.hint)
        after = wording.read_brackets(string, end)
        hint = (after.version and VersionHint(*after.version)) or hint or self._hint_before(start)
        named, how = self._named(key, "title", start, after.end, hint)
        self.titles.append(named)
        self._define(after.aliases, named)
        reads = self._pinpoints_after(after.end, loose=True)
        named.listed = bool(reads) and self._line_broken(after.end - 1, reads[0].start)
        self._cite(named, reads, how, titled.end, titled.formal)
        return max(reads[-1].end if reads else 0, after.end)

    def _named(
        self, key: str, how: str, start: int, end: int, hint: VersionHint | None
    ) -> tuple[_Named, str]:
        """What a name means here: the text's own short name first; 《条例》 alone is the statute
        named before that ends so, if there is but one."""
        if meant := self.aliases.get(key):
            key, how, hint = meant.key, "alias_in_text", hint or meant.hint
        elif key in self.by_generic and key not in self.names.bare_names:
            before = self.by_generic[key]
            key, how = (next(iter(before)), "carried") if len(before) == 1 else (key, how)
        named = _Named(key, start, end, hint)
        self._remember(named)
        return named, how

    def _define(self, aliases: Sequence[str], named: _Named) -> None:
        """Gives one alias to the title before it, or several to as many titles in a row."""
        row = self._row() if len(aliases) > 1 else [named]
        if len(row) < len(aliases):
            row = [named] * len(aliases)
        for alias, meant in zip(reversed(aliases), reversed(row), strict=False):
            key = folded_name_key(alias)
            if len(key) >= 2 and key != meant.key:
                self.aliases[key] = meant
                self.alias_lengths.add(len(key))

    def _row(self) -> list[_Named]:
        row = self.titles[-1:]
        for named in reversed(self.titles[:-1]):
            if not wording.is_list_gap(self.folded.text[named.end : row[0].start]):
                break
            row.insert(0, named)
        return row

    # --- 民法典第…条, and 第…条 alone ----------------------------------------------------------

    def _article(self, start: int, *, spelled: bool) -> int:
        reads = read_pinpoints(self.folded.text, start)
        if not reads:
            return start + 1
        bare = self._bare_name_before(start)
        if bare is not None:
            named, how = bare
            self._cite(named, reads, how, named.end)
        elif spelled and self.last and self._goes_on(self.last, start, reads[-1].end):
            self._cite(self.last, reads, "carried", None)
        return reads[-1].end

    def _bare_name_before(self, end: int) -> tuple[_Named, str] | None:
        string = self.folded.text
        stop, version = wording.skip_back_over_brackets(string, end)
        if self._line_broken(stop, end):
            return None
        found = self._known_name_ending_at(stop) or self._generic_name_ending_at(stop)
        if found is None:
            return None
        start, key = found
        hint = (version and VersionHint(*version)) or self._hint_before(start)
        return self._named(key, "bare", start, end, hint)

    def _known_name_ending_at(self, stop: int) -> tuple[int, str] | None:
        """Start and key of the longest name that ends there, own short names included."""
        string = self.folded.text
        registered = self.names.bare_lengths.get(string[max(0, stop - 2) : stop], frozenset())
        for length in sorted(self.alias_lengths | registered, reverse=True):
            start = stop - length
            if start < 0:
                continue
            name = string[start:stop]
            if name in self.aliases or name in self.names.bare_names:
                if string.startswith(wording.STATE, max(0, start - len(wording.STATE))):
                    start -= len(wording.STATE)
                return None if self._line_broken(start, stop) else (start, name)
        return None

    def _generic_name_ending_at(self, stop: int) -> tuple[int, str] | None:
        """依照条例第三条: the word alone, once one statute of that kind has been named."""
        match = wording.GENERIC_BARE.search(self.folded.text, max(0, stop - 12), stop)
        if match is None or len(self.by_generic.get(match["word"], ())) != 1:
            return None
        return match.start("word"), match["word"]

    def _goes_on(self, last: _Named, start: int, end: int) -> bool:
        """Whether a bare 第…条 belongs to the statute named last: in the same sentence; where a
        new one says what it rules (…。第四十八条规定); or in a list of articles under its title."""
        if not last.statutory:
            return False
        since = max(last.end, last.cited_until)
        if start - since > _QUOTED:
            return False
        gap = self.folded.text[since:start]
        if self._line_broken(start - 1, start):
            last.listed = last.listed or (last.at is None and wording.is_title_end(gap))
            return last.listed and self.text[self.folded.origin[end - 1] + 1 :][:1].isspace()
        if len(gap) <= _NEAR and wording.same_sentence(gap):
            return not wording.about_contract(gap) and not self._line_broken(since, start)
        if len(gap) <= _PARAGRAPH and wording.ends_citing(gap):
            return not self._line_broken(since, start)
        if not wording.states_a_rule(self.folded.text, end):
            return False
        if wording.ends_quotation(gap):
            return True
        return wording.ends_sentence(gap) and not self._line_broken(since, start)

    # --- 该法, 前款 ------------------------------------------------------------------------------

    def _carried(self, match: re.Match[str]) -> int:
        string, start = self.folded.text, match.start()
        kind = wording.CARRIED_KIND.match(string, match.end())
        if kind is None:
            return match.end()
        word, end = kind.group(), kind.end()
        known = self._known_name_ending_at(end)
        if known is not None and known[0] < start:  # 合同法 holds 同法
            return end
        own = string[start:end]
        if word == "条":
            return self._within(start, end)
        reads = self._pinpoints_after(end, loose=False)
        if not reads:
            return end
        if own in self.aliases:
            named, how = self._named(own, "alias_in_text", start, end, None)
            self._cite(named, reads, how, end)
            return reads[-1].end
        ending = "" if own == "上述规定" or own == "前述规定" else wording.carried_ending(word)
        antecedent = self.last_of.get(ending) if ending else self.last
        if self.own and own.startswith("本") and ending in wording.endings(self.own.key):
            antecedent = self.own
        if antecedent is None or not antecedent.statutory:
            for read in reads:
                begins = start if read.start == reads[0].start else read.start
                self.found.append(Found(begins, read.end, None, read.at, "carried"))
        else:
            named = replace(antecedent, start=start, end=end, at=None)
            self._remember(named)
            self._cite(named, reads, "carried", end)
        return reads[-1].end

    def _within(self, start: int, end: int) -> int:
        """该条第二款: of the article cited last."""
        last = self.last
        if last is None or last.at is None or not last.statutory:
            return end
        reads = read_pinpoints(self.folded.text, end, Pinpoint(last.at.article))
        if reads:
            self._cite_from(last, reads, start)
        return reads[-1].end if reads else end

    def _before(self, start: int) -> int:
        """前条, 前款, 前项: the one before the provision cited last, as far as that is known."""
        match = wording.BEFORE.match(self.folded.text, start)
        last = self.last
        if match is None or last is None or last.at is None or not last.statutory:
            return match.end() if match else start + 1
        if self._line_broken(last.cited_until, start) or start - last.cited_until > _QUOTED:
            return match.end()
        places = places_before(last.at, match["unit"], match["count"] or "")
        if not places:
            return match.end()
        tail = read_pinpoints(self.folded.text, match.end(), places[-1])
        reads = [Read(start, match.end(), place) for place in places]
        if tail and tail[0].start == match.end():
            reads = [*reads[:-1], *tail]
        self._cite_from(last, reads, start, remember=False)
        return reads[-1].end

    # --- (以下简称…) after a bare name ------------------------------------------------------------

    def _definition(self, start: int) -> int:
        after = wording.read_brackets(self.folded.text, start)
        if after.end == start:
            return start + 1
        known = self._known_name_ending_at(start) if after.aliases else None
        if known is not None:
            hint = VersionHint(*after.version) if after.version else None
            named, how = self._named(known[1], "bare", known[0], after.end, hint)
            self._define(after.aliases[:1], named)
            reads = self._pinpoints_after(after.end, loose=False)
            if reads:
                self._cite(named, reads, how, named.end)
                return reads[-1].end
        return max(after.end, start + 1)

    def _own_title(self) -> _Named | None:
        """The statute that the text itself is, if its first line is nothing but a known title."""
        line = self.text.lstrip("#\ufeff \n\r\t").partition("\n")[0]
        key = folded_name_key(fold_text(line)) if len(line) < 100 else ""
        return _Named(key, 0, 0) if key in self.names.bare_names else None

    # --- shared ------------------------------------------------------------------------------

    def _hint_before(self, start: int) -> VersionHint | None:
        hint = wording.version_before(self.folded.text, start)
        return VersionHint(*hint) if hint else None

    def _pinpoints_after(self, position: int, *, loose: bool) -> list[Read]:
        """The provisions right behind a name, past 的, 中, a colon or 人格权编.

        loose: after 》 the word 第 may be missing (《行政复议法》30条)."""
        string = self.folded.text
        glue = _GLUE.match(string, position)
        for start in dict.fromkeys((glue.end() if glue else position, position)):
            if string.startswith("第", start) or (loose and _NUMBER.match(string, start)):
                reads = read_pinpoints(string, start)
                if reads:
                    return reads
        return []

    def _remember(self, named: _Named) -> None:
        self.last = named
        known = self.names.bare_names.get(named.key)
        title = name_key(known.title) if known else named.key
        for ending in wording.endings(title):
            self.last_of[ending] = named
        for generic in wording.GENERIC_TITLES:
            if title.endswith(generic):
                self.by_generic.setdefault(generic, set()).add(named.key)

    def _cite(
        self, named: _Named, reads: Sequence[Read], how: str, end: int | None, formal: bool = True
    ) -> None:
        """One citation a provision; the first takes in the name. Without any, the name alone."""
        if not reads:
            if end is not None:
                cited = Found(named.start, end, named.key, None, how, named.hint, formal)
                self.found.append(cited)
            named.cited_until = named.end
            return
        start = named.start if end is not None else reads[0].start
        self._cite_from(named, reads, start, how=how)

    def _cite_from(
        self,
        named: _Named,
        reads: Sequence[Read],
        start: int,
        *,
        how: str = "carried",
        remember: bool = True,
    ) -> None:
        head = reads[0].start
        for read in reads:
            begins = start if read.start == head else read.start
            self.found.append(Found(begins, read.end, named.key, read.at, how, named.hint))
        if remember:
            named.at = reads[-1].at
        named.cited_until = reads[-1].end

    def _line_broken(self, start: int, end: int) -> bool:
        """Whether the original text breaks the line between two folded offsets."""
        origin = self.folded.origin
        return start < end and "\n" in self.text[origin[max(start, 0)] : origin[end]]
