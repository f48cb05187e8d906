"""What stands against publishing: gates look at a draft and give their failures; two persons may
let one pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from kb.issues import Term
from kb.model import Span
from kb.store.desk import Draft
from kb.store.remarks import Override


class Label(str):
    """A word of ours in a message, which has its own in other languages."""

    __slots__ = ()


class Message(str):
    """What is said in Chinese, with what it was made of, so that it can be said in another
    language: words with blanks like %(name)s, and values for these. Of the values, Label, Term and
    Message have words in other languages, several in a tuple too; the others stay as they are."""

    words: str
    values: dict[str, object]

    def __new__(cls, words: str, /, **values: object) -> Message:
        said = super().__new__(cls, words % {name: _said(one) for name, one in values.items()})
        said.words, said.values = words, values
        return said

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """What a copy is made of: the words, not what they came to."""
        return (self.words,), self.values


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_said, value))
    return value.label if isinstance(value, Term) else str(value)


PRIVACY = "privacy"
"""The gate whose messages say what must not be public."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something a gate found. gate: its code, such as privacy. key: the same as long as the same
    thing is wrong, and without personal data, since the audit keeps it. message: what is wrong and
    what to do, a `Message` where it is to be said in other languages too. field: the field it is
    about, "" for none; span: in the draft's text. other: the record that it is about beside the
    draft. remedy: the name of what can be done with one key, "" for nothing.
    """

    gate: str
    key: str
    message: str
    field: str = ""
    span: Span | None = None
    other: str = ""
    remedy: str = ""


class Gate(Protocol):
    """Gives what stands against publishing a draft; nothing where all is well."""

    def __call__(self, draft: Draft) -> tuple[Failure, ...]: ...


def failures(gates: Iterable[Gate], draft: Draft) -> tuple[Failure, ...]:
    """What every gate finds, in their order."""
    return tuple(failure for gate in gates for failure in gate(draft))


def standing(found: Iterable[Failure], overrides: Iterable[Override]) -> tuple[Failure, ...]:
    """The failures that two persons did not let pass."""
    passed = {(one.gate, one.key) for one in overrides if one.second and one.second != one.who}
    return tuple(failure for failure in found if (failure.gate, failure.key) not in passed)


def is_open(failures: Iterable[Failure]) -> bool:
    """Whether something personal is among what stands against publishing."""
    return any(failure.gate == PRIVACY for failure in failures)
