"""What is typed at a draft and not saved: kept for its writer, given back into the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response as AnyResponse

from kb.desk import Draft
from kb.errors import BadRequest
from web.desk.doubts import FIELDS
from web.desk.session import CASE_ROLES, actor, asks
from web.knowledge import knowledge

blueprint = Blueprint("unfinished", __name__)

WORDS, COMMENT = "words", "comment"
FORMS = {WORDS, COMMENT, *(f"add-{field}" for field in FIELDS)}
"""The forms whose text is kept."""
_TYPED = ("typed", "text", "title", "subtitle")
"""What counts as typed; the rest of a form only goes with it."""
_NO_REVISION = 10**9
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What someone has unfinished on a draft. forms: what was typed, by form. revision: the one it
    was begun from, at: when it was kept."""

    forms: Mapping[str, Typed]
    revision: int
    at: datetime

    @property
    def words(self) -> Typed | None:
        """What was typed over title and text."""
        return self.forms.get(WORDS)

    def of(self, form: str) -> Typed:
        """What was typed in a form, nothing where nothing was."""
        return self.forms.get(form, {})


@blueprint.post("/drafts/<record>/unfinished")
@asks(*CASE_ROLES)
def keep(record: str) -> Response:
    """Keeps what a page sends: {"revision": 3, "forms": {"add-citations": {"typed": "…"}}}. A form
    with nothing typed in it ends what was kept of it; the other forms stay. Answers when."""
    body = request.get_json(silent=True)
    sent = body.get("forms") if isinstance(body, dict) else None
    revision = body.get("revision") if isinstance(body, dict) else None
    known = isinstance(revision, int) and 0 < revision < _NO_REVISION
    if not known or not isinstance(sent, dict) or not set(sent) <= FORMS:
        raise BadRequest("forms", gettext("暂存的内容无法识别"))
    draft = knowledge().desk.draft(record)
    before = kept(record)
    typed = {str(form): _typed(said) for form, said in sent.items()}
    forms = {**(before.forms if before else {}), **typed}
    _keep(draft, revision, forms)
    now = kept(record)
    return jsonify(at=format_time(now.at, "HH:mm") if now else "")


@blueprint.post("/drafts/<record>/forget")
@asks(*CASE_ROLES)
def forget(record: str) -> AnyResponse:
    """Throws away what was typed in one form, or in all."""
    form = request.form.get("form", "")
    ended(record, form) if form else knowledge().desk.forget_unfinished(record, actor())
    back = "desk.drafts.words" if request.form.get("back") == WORDS else "desk.drafts.page"
    return redirect(url_for(back, record=record), 303)


def kept(record: str) -> Kept | None:
    """What the one who is signed in has unfinished on a draft."""
    found = knowledge().desk.unfinished(record, actor())
    if found is None:
        return None
    forms: dict[str, dict[str, str]] = {}
    for path, value in found.data.items():
        form, _, name = path.partition("/")
        if form in FORMS:
            forms.setdefault(form, {})[name] = value
    return Kept(forms, found.revision, found.at)


def keep_form(record: str, form: str, typed: Typed, revision: int) -> None:
    """Keeps what was sent by a form beside what is kept of the others."""
    before = kept(record)
    forms = {**(before.forms if before else {}), form: typed}
    _keep(knowledge().desk.draft(record), revision, forms)


def ended(record: str, form: str, was: Kept | None = None) -> None:
    """Forgets one form, or keeps all others again where a save ended them. was: before the save."""
    was = was or kept(record)
    if was:
        rest = {name: typed for name, typed in was.forms.items() if name != form}
        _keep(knowledge().desk.draft(record), was.revision, rest)


def _keep(draft: Draft, revision: int, forms: Mapping[str, Typed]) -> None:
    data = {
        f"{form}/{name}": value
        for form, typed in forms.items()
        if _says_something(form, typed, draft)
        for name, value in typed.items()
    }
    desk = knowledge().desk
    if data:
        desk.keep_unfinished(draft.id, actor(), revision, data)
    else:
        desk.forget_unfinished(draft.id, actor())


def _says_something(form: str, typed: Typed, draft: Draft) -> bool:
    """Whether a form says anything that the draft does not."""
    if form != WORDS:
        return any(typed.get(name, "").strip() for name in _TYPED)
    content = draft.content
    text = typed.get("text", content.text).replace("\r\n", "\n")
    said = (typed.get("title", content.title), typed.get("subtitle", content.subtitle), text)
    return said != (content.title, content.subtitle, content.text)


def _typed(said: object) -> Typed:
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise BadRequest("forms", gettext("暂存的内容无法识别"))
    return {str(name): value for name, value in said.items()}
