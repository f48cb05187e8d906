"""Two cases beside each other that may be one, and what a person says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.desk import Draft
from kb.desk.duplicates import duplicates
from kb.errors import BadRequest
from kb.model import Span
from kb.store.alike import Candidate
from kb.text.normalise import fold, fold_text
from web.desk.called import STAGES
from web.desk.differences import differences
from web.desk.doubts import FIELDS
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("beside", __name__)

_LEAST = 6
"""So many characters in a row that stand in both texts are marked."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; same: it stands in the other text too."""

    text: str
    same: bool


@blueprint.get("/drafts/<record>/beside/<other>")
@asks(*CASE_ROLES)
def page(record: str, other: str) -> str:
    return _shown(record, other)


@blueprint.post("/drafts/<record>/beside/<other>")
@asks(*CASE_ROLES)
def distinct(record: str, other: str) -> Response | tuple[str, int]:
    """That they are two cases, once and for all, with why."""
    try:
        knowledge().desk.duplicates.set_distinct(
            record, other, actor(), request.form.get("reason", "")
        )
    except BadRequest as error:
        return _shown(record, other, refused=error.reason), 400
    return redirect(url_for("desk.drafts.page", record=record, _anchor="gates"), 303)


@blueprint.post("/drafts/<record>/beside/<other>/undo")
@asks(*CASE_ROLES)
def undo(record: str, other: str) -> Response:
    knowledge().desk.duplicates.unset_distinct(record, other, actor())
    return redirect(url_for("desk.beside.page", record=record, other=other), 303)


def _shown(record: str, other: str, *, refused: str = "") -> str:
    desk = knowledge().desk
    drafts = tuple(map(_seen, (record, other)))
    one, two = (draft.content for draft in drafts)
    candidate = Candidate(other, drafts[1].stage, drafts[1].revision, two)
    said = next((known for known in desk.duplicates.distinct(record) if known.other == other), None)
    return render_template(
        "desk/beside.html",
        refused=refused,
        drafts=drafts,
        stages=STAGES,
        names=FIELDS,
        differences=differences(one, two),
        sides=(tuple(pieces(one.text, two.text)), tuple(pieces(two.text, one.text))),
        found=next(iter(duplicates(one, [candidate])), None),
        distinct=said,
    )


def _seen(record: str) -> Draft:
    """A draft; that someone sees personal information in it is written down first."""
    desk = knowledge().desk
    draft = desk.draft(record)
    desk.viewed(record, desk.failures(draft), actor())
    return draft


def pieces(text: str, other: str) -> Iterator[Piece]:
    """The text in runs, those marked that stand in the other one, wherever they stand there."""
    folded, theirs = fold(text), fold_text(other)
    known = {theirs[at : at + _LEAST] for at in range(len(theirs) - _LEAST + 1)}
    edges = [0]
    for start, end in _covered(folded.text, known):
        span = folded.span(start, end)
        edges += [span.start, span.end]
    edges.append(len(text))
    for number, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            yield Piece(Span(start, end).of(text), bool(number % 2))


def _covered(text: str, known: set[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a folded text that such pieces cover, in order."""
    begun, end = -1, -1
    for at in range(len(text) - _LEAST + 1):
        if text[at : at + _LEAST] in known:
            if at > end:
                if begun >= 0:
                    yield begun, end
                begun = at
            end = at + _LEAST
    if begun >= 0:
        yield begun, end
