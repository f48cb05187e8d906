"""Whether a query stands within one stretch of folded text: what `InSection` asks of a section."""

from __future__ import annotations

from collections.abc import Callable

from kb.search.query import And, Node, Not, Or, Quoted, Words
from kb.text.exact import needle, numbered

Test = Callable[[str], bool]


def stands_within(node: Node) -> Test:
    """A test of folded texts. Raises TypeError for a node that a text alone cannot answer."""
    match node:
        case Quoted(text):
            return _standing(text)
        case Words():
            each = [_standing(word) for word in node.words]
            runs = [_standing(text) for text in (node.text, *node.synonyms) if text]
            joined = all if node.every else any
            return lambda text: (
                (bool(each) and joined(word(text) for word in each))
                or any(run(text) for run in runs)
            )
        case And(parts):
            tests = [stands_within(part) for part in parts]
            return lambda text: all(test(text) for test in tests)
        case Or(parts):
            tests = [stands_within(part) for part in parts]
            return lambda text: any(test(text) for test in tests)
        case Not(part):
            test = stands_within(part)
            return lambda text: not test(text)
    raise TypeError(f"{node} does not ask for what stands in a text")


def _standing(quotation: str) -> Test:
    wanted = needle(quotation)
    if not wanted.numbered:
        return lambda text: bool(wanted.plain) and wanted.plain in text
    return lambda text: wanted.plain in text or wanted.numbered in numbered(text)
