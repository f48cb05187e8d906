"""Which pieces of a page are its main text: when unsure, kept.

Sentences that are neither links nor furniture weigh; from the body downwards the one branch that
holds them all is followed, so that no sentence is left behind. Known containers
(`page_words.toml`) only shorten the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import BlockKind
from ingest.read import masthead
from ingest.read.html.pieces import Node, Page, Piece
from ingest.read.lines import NUMBERED, STARTS_BLOCK
from ingest.read.page_words import pattern, words
from kb.law import papers

_FILES = re.compile(
    r"\.(?:docx?|pdf|xlsx?|wps|et|ofd|pptx?|zip|rar|7z|csv|txt|rtf|jpg\.zip)(?:$|[?#])", re.I
)
_SENTENCE = re.compile("[。！？；]")
_HINT_SHARE = 0.5
_NEARLY_ALL = 0.85
_LIST = 4
_LONG = 60
_FOOT = 200
_HEAD_LINES = 8
_RELATED = re.compile(
    r"[【\[■●◆▶►>|/\s]*(?:" + "|".join(words("around", "related")) + r")[】\]\s:：>»]*(?:更多.*)?"
)
_ATTACHED = re.compile(r"[（(【]?\s*(?:相关)?附件(?:下载|列表)?\s*\d*\s*[】）)]?\s*[:：]?\s*")


@dataclass(frozen=True, slots=True)
class MainText:
    """The pieces kept, in order, and what the dropped lines said of the page.

    weight: characters in sentences of the pieces kept. container: the known name that showed the
    way, "" where none did. title: the line that stands as title above the text.
    """

    pieces: tuple[Piece, ...]
    mastheads: tuple[masthead.Masthead, ...]
    weight: int
    container: str
    title: str


def choose(page: Page, titles: tuple[str, ...]) -> MainText:
    """The main text of a page. titles: what the page calls itself, best first, to find its head."""
    weights = _Weights(page.pieces)
    node, container = _container(page.root, weights)
    start, end = _with_neighbours(node, weights) if container else (node.start, node.end)
    title = _title_at(page.pieces, titles, start, end)
    chosen = _Selection(page.pieces, weights, start, end, title, lists=not container)
    weight = sum(map(_weight, chosen.kept))
    first = chosen.title_text or _first_line(chosen.kept, unnamed=not titles)
    return MainText(tuple(chosen.kept), tuple(chosen.mastheads), weight, container, first)


def is_file(address: str) -> bool:
    """Whether a link leads to a file rather than to a page."""
    return bool(_FILES.search(address))


class _Weights:
    """The weight of each piece, summed up so that any stretch is weighed at once."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        plain = [_weight(piece) for piece in pieces]
        aside = sum(w for w, piece in zip(plain, pieces, strict=True) if piece.around)
        # A name that looks like furniture cannot be one where it holds most of the page.
        self.trust_names = aside * 2 <= sum(plain)
        self._plain = plain
        self._sums = [0]
        for weight, piece in zip(plain, pieces, strict=True):
            heavy = weight if not (piece.around and self.trust_names) else 0
            self._sums.append(self._sums[-1] + heavy)

    def of(self, number: int) -> int:
        return self._sums[number + 1] - self._sums[number]

    def plain(self, number: int) -> int:
        """Without regard to the names of the elements around."""
        return self._plain[number]

    def between(self, start: int, end: int) -> int:
        return self._sums[end] - self._sums[start]

    def node(self, node: Node) -> int:
        return self.between(node.start, node.end)

    def is_text(self, node: Node) -> bool:
        """Whether an element holds sentences, and not headlines that lead away by turns with
        them, as the columns beside a text do."""
        pieces = self._pieces[node.start : node.end]
        return self.node(node) > 0 and sum(map(_leads_away, pieces)) * 4 < len(pieces)


def _weight(piece: Piece) -> int:
    text = piece.text
    own = len(text) - piece.linked
    if own * 2 < len(text) or is_furniture(text):
        return 0
    if piece.kind is BlockKind.TABLE:
        return own if "索引号" not in text else 0
    return own if len(text) >= _LONG or _SENTENCE.search(text) else 0


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to what it publishes."""
    if len(text) > _FOOT:
        return False
    line = text.strip(" \u3000|")
    return (
        masthead.is_tools(line)
        or bool(pattern("around", "line_patterns").fullmatch(line))
        or bool(pattern("around", "foot_patterns").search(line))
        or bool(_RELATED.fullmatch(line))
    )


def _container(root: Node, weights: _Weights) -> tuple[Node, str]:
    """The innermost known container that holds nearly as much as the heaviest known one, else the
    element found by going down."""
    total = weights.node(root)
    known = frozenset(name.lower() for name in words("containers", "names"))
    found: list[tuple[int, int, Node, str]] = []
    stack = list(root.children) if total else []
    while stack:
        node = stack.pop()
        weight = weights.node(node)
        if weight < total * _HINT_SHARE:
            continue  # nor can anything inside it hold enough
        stack.extend(node.children)
        hint = next(iter(sorted(node.names & known)), "")
        if hint or node.tag == "article":
            found.append((weight, node.end - node.start, node, hint or node.tag))
    if not found:
        return _descend(root, weights), ""
    heaviest = max(item[0] for item in found)
    near = [item for item in found if item[0] >= heaviest * _NEARLY_ALL]
    _, _, node, name = min(near, key=lambda item: (item[1], -item[0]))
    return node, name


def _descend(node: Node, weights: _Weights) -> Node:
    """The deepest element that holds every sentence the node holds, and is no mere paragraph."""
    while True:
        total = weights.node(node)
        heir = next((c for c in node.children if total and weights.node(c) == total), None)
        if heir is None or heir.tag in ("p", "pre", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd"):
            return node
        node = heir


def _with_neighbours(node: Node, weights: _Weights) -> tuple[int, int]:
    """A known container and the sentences beside it, two levels up and as far as other known
    containers go: editors like to wrap a lead or the first part of a text once more."""
    start, end = node.start, node.end
    known = frozenset(name.lower() for name in words("containers", "names"))
    level = 0
    while node.parent and (level < 2 or any(above.names & known for above in _above(node))):
        for sibling in node.parent.children:
            if sibling is not node and not sibling.around and weights.is_text(sibling):
                start, end = min(start, sibling.start), max(end, sibling.end)
        node = node.parent
        level += 1
    return start, end


def _above(node: Node) -> Iterator[Node]:
    while node.parent:
        node = node.parent
        yield node


def _title_at(pieces: list[Piece], titles: tuple[str, ...], start: int, end: int) -> int | None:
    """Where the title stands: the last line equal to it before the sentences begin."""
    wanted = [_bare(title) for title in titles if len(_bare(title)) >= 4]
    limit = min(end, start + _HEAD_LINES * 3)
    for title in wanted:
        for number in range(limit - 1, -1, -1):
            piece = pieces[number]
            if number < start and piece.linked * 2 > len(piece.text):
                continue
            if _bare(piece.text) == title:
                return number
    headings = [n for n in range(limit) if pieces[n].level == 1 and not pieces[n].linked]
    return headings[-1] if headings and headings[-1] < start + _HEAD_LINES else None


def _head_at(pieces: list[Piece], weights: _Weights, start: int) -> int:
    """Where a head without a known title begins above the text: a line that could be a title,
    with nothing but source, date and buttons between it and the text."""
    seen_masthead = False
    for number in range(start - 1, max(-1, start - 1 - _HEAD_LINES), -1):
        piece = pieces[number]
        said = masthead.parse(piece.text)
        if said and said.complete:
            seen_masthead = True
        elif is_furniture(piece.text):
            continue
        elif _leads_away(piece) or piece.kind is BlockKind.TABLE or weights.plain(number):
            return start
        elif len(_bare(piece.text)) >= 6:
            marked = piece.strong or piece.kind is BlockKind.HEADING
            return number if marked or seen_masthead else start
    return start


def _unnamed_title(pieces: list[Piece], first: int, start: int) -> int | None:
    fits = len(pieces[first].text) <= 80 and not is_furniture(pieces[first].text)
    return first if fits and first < start else None


def _first_line(kept: list[Piece], *, unnamed: bool) -> str:
    """The first line kept, where it is marked as a title is; on a page that names itself nowhere,
    any short line that is no sentence."""
    if not kept or kept[0].kind is BlockKind.TABLE:
        return ""
    text = kept[0].text
    if not 4 <= len(text) <= 80 or text[-1] in "。；，：、" or STARTS_BLOCK.match(text):
        return ""
    marked = kept[0].strong or kept[0].kind is BlockKind.HEADING
    return text if (marked and not NUMBERED.match(text)) or unnamed else ""


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


class _Selection:
    """Goes through the chosen stretch and lets go of the furniture in it."""

    def __init__(
        self,
        pieces: list[Piece],
        weights: _Weights,
        start: int,
        end: int,
        title: int | None,
        lists: bool,
    ) -> None:
        self.kept: list[Piece] = []
        self.mastheads: list[masthead.Masthead] = []
        self._weights = weights
        self._pieces = pieces
        first = min(start, _head_at(pieces, weights, start) if title is None else title)
        if title is None and first < start:
            title = _unnamed_title(pieces, first, start)
        heavy = [number for number in range(first, end) if weights.of(number)]
        self._title = title
        self.title_text = "" if title is None else pieces[title].text
        self._first_heavy = heavy[0] if heavy else end
        self._last_heavy = heavy[-1] if heavy else end
        self._start = first if title is None or title >= self._first_heavy else title
        self._away = False
        self._values: set[int] = set()
        # On a page of unknown make, lists of links between sentences are columns of the page.
        self._listed = _lists(pieces, first, end) if lists else frozenset()
        for number in range(max(0, first - 2 * _HEAD_LINES), first):
            self.mastheads += [
                said
                for said in self._masthead(number, pieces[number]) or []
                if not masthead.lone_day(pieces[number].text)  # may be the day of today
            ]
        for number in range(first, end):
            self._take(number)

    def _take(self, number: int) -> None:
        piece = self._pieces[number]
        if number in self._values:
            return
        if number == self._title:
            self.kept.append(_as_heading(piece))
        elif number > self._last_heavy:
            self._take_tail(piece)
        elif number < self._first_heavy or number <= self._start + _HEAD_LINES:
            self._take_head(number, piece)
        elif number not in self._listed and self._belongs(number, piece):
            self.kept.append(piece)

    def _take_head(self, number: int, piece: Piece) -> None:
        said = self._masthead(number, piece)
        if said is not None:
            self.mastheads.extend(said)
            return
        if number < self._first_heavy and _leads_away(piece):
            return
        if self._title is not None and number < self._title and not self._weights.of(number):
            if _is_letterhead(piece, self._weights.trust_names) or self._issues(number):
                self.kept.append(piece)
            return
        if self._belongs(number, piece):
            self.kept.append(piece)

    def _issues(self, number: int) -> bool:
        """Whether a line names the organ of the decision or judgment whose name stands below it."""
        if self._title is None or number != self._title - 1:
            return False
        below = self._pieces[self._title]
        return bool(papers.named(below.text) and papers.issuer(self._pieces[number].text))

    def _masthead(self, number: int, piece: Piece) -> list[masthead.Masthead] | None:
        if piece.kind is BlockKind.TABLE:
            if "索引号" not in piece.text:
                return None
            cells = [cell.strip(" []【】") for cell in re.split(r"\||\n", piece.text)]
            pairs = [f"{a.rstrip(' :：')}：{b}" for a, b in pairwise(cells)]
            return [said for pair in pairs if (said := masthead.parse(pair)) and said.complete]
        said = masthead.parse(piece.text)
        if said and said.complete and not (said.publisher or said.published):
            after = self._pieces[number + 1 : number + 2]
            if after and masthead.is_value(after[0].text):  # it stands in a box of its own
                self._values.add(number + 1)
                said = masthead.parse(piece.text + after[0].text) or said
        if said is None or not said.complete:
            said = masthead.named_day(piece.text)
            if said is None and piece.info:
                said = masthead.mere_day(piece.text)
        if said is None:
            return None
        if number > self._first_heavy and not (
            said.publisher or (said.published and ":" in piece.text)
        ):
            return None
        return [said]

    def _take_tail(self, piece: Piece) -> None:
        if _RELATED.fullmatch(piece.text):
            self._away = True
        if self._away or _leads_away(piece) or _is_attachment(piece):
            return
        said = masthead.parse(piece.text)
        if said and said.complete and not masthead.lone_day(piece.text):
            self.mastheads.append(said)
            return
        if pattern("around", "credit_patterns").fullmatch(piece.text):
            return
        if self._belongs(-1, piece):
            self.kept.append(piece)

    def _belongs(self, number: int, piece: Piece) -> bool:
        heavy = self._weights.plain(number) if number >= 0 else 0
        if piece.around and self._weights.trust_names:
            return heavy >= _LONG and piece.linked == 0
        return not is_furniture(piece.text)


def _lists(pieces: list[Piece], start: int, end: int) -> frozenset[int]:
    """The pieces of runs of links that lead away."""
    found: list[int] = []
    run: list[int] = []
    for number in range(start, end + 1):
        if number < end and _leads_away(pieces[number]):
            run.append(number)
        else:
            found += run if len(run) >= _LIST else []
            run = []
    return frozenset(found)


def _as_heading(piece: Piece) -> Piece:
    if piece.kind is BlockKind.PARAGRAPH and len(piece.text) <= 100:
        piece.kind, piece.level = BlockKind.HEADING, 1
    return piece


def _leads_away(piece: Piece) -> bool:
    """A line of nothing but links to other pages; links to places on this page are contents."""
    if not piece.linked or piece.linked * 10 < len(_bare(piece.text)) * 8:
        return False
    return any(not address.startswith("#") for address, _ in piece.links)


def _is_attachment(piece: Piece) -> bool:
    """A line that only names an attached file: it is listed with the attachments."""
    if any(is_file(address) for address, _ in piece.links):
        return piece.linked * 2 > len(_ATTACHED.sub("", piece.text))
    return False


def _is_letterhead(piece: Piece, trust_names: bool) -> bool:
    """Words above the title that are no furniture: a batch's name, the name of the authority."""
    return (
        not (piece.around and trust_names)
        and not piece.linked
        and 4 <= len(piece.text) <= 60
        and bool(re.search("[\u4e00-\u9fff]{4}", piece.text))
        and not is_furniture(piece.text)
        and piece.kind is not BlockKind.TABLE
        and (piece.strong or piece.kind is BlockKind.HEADING)
    )
