"""Many drafts at once: a selection of the work list, a field changed over it with a preview and
undone, a step taken with each, and what became of every one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from kb.accounts import UserRole
from kb.desk import STEPS, Draft, bulk, together
from kb.desk.bulk import Change, How
from kb.errors import BadRequest, Forbidden, NotFound
from kb.issues import TAXONOMIES
from kb.model import RegionRole, settled
from web.desk import called, walk
from web.desk.doubts import FIELDS
from web.desk.drafts import revision
from web.desk.regions import regions
from web.desk.session import CASE_ROLES, actor, asks
from web.desk.view import label
from web.knowledge import knowledge

blueprint = Blueprint("bulk", __name__)

MOST = 200
"""Drafts at once: a batch is rarely half as large, and each is looked at."""
STEPS_OFFERED = ("submit", "approve", "publish")
NAMES = {
    **{name: FIELDS[name] for name in bulk.FIELDS if name in FIELDS},
    "batch": lazy_gettext("批次"),
    "publishers": lazy_gettext("发布机关"),
    "published": lazy_gettext("发布日期"),
    "keywords": lazy_gettext("关键词"),
}
WAYS = {
    How.SET: lazy_gettext("一律改为这个值"),
    How.ADD: lazy_gettext("加上这个值（原有各值一并确认）"),
    How.REJECT: lazy_gettext("不采用这个值"),
    How.EMPTY: lazy_gettext("清空这一项"),
}
Seen = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A draft of the preview. refused: why it cannot be changed; same: it would stay as it is."""

    draft: Draft
    before: tuple[str, ...]
    after: tuple[str, ...]
    refused: str
    same: bool


@blueprint.get("/bulk")
@asks(*CASE_ROLES)
def selection() -> Response:
    """The drafts selected and what can be done with them; with a change asked for, its preview."""
    try:
        drafts, total = _selected()
    except BadRequest as error:
        return _page([], 0, refused=error.reason, status=400)
    change = _change()
    if change is None or not (change.typed or change.how is How.EMPTY):
        return _page(drafts, total, change)
    try:
        proposals = bulk.propose(
            drafts,
            change,
            actor(),
            knowledge().statutes.registry(),
        )
    except BadRequest as error:
        return _page(drafts, total, change, refused=error.reason, status=400)
    rows = [
        Row(
            one.draft,
            tuple(label(change.field, value) for value in one.before),
            tuple(label(change.field, value) for value in one.after),
            one.refused,
            one.content is None,
        )
        for one in proposals
    ]
    return _page(drafts, total, change, rows)


@blueprint.post("/bulk/edit")
@asks(UserRole.EDITOR)
def edit() -> Response:
    """Saves the change that was previewed; drafts that someone changed since are left alone."""
    change = _change()
    if change is None:
        raise BadRequest("field", gettext("没有这一项，请刷新后再试"))
    desk, registry = knowledge().desk, knowledge().statutes.registry()
    what = gettext("批量修改：%(field)s", field=NAMES[change.field])
    wanted = bulk.edits(desk, _seen(), change, actor(), registry)
    made = together.save(desk, wanted, actor(), what)
    return redirect(url_for("desk.bulk.result", number=made.id), 303)


@blueprint.get("/bulk/earlier")
@asks(UserRole.EDITOR)
def earlier() -> str:
    """What whoever asks changed in many drafts at once, each with its undo."""
    made = knowledge().desk.together.of(actor().name)
    return render_template("desk/bulk_earlier.html", made=made)


@blueprint.get("/bulk/<int:number>")
@asks(*CASE_ROLES)
def result(number: int) -> str:
    """What became of each draft, with the way back."""
    return _result(number)


@blueprint.post("/bulk/<int:number>/undo")
@asks(UserRole.EDITOR)
def undo(number: int) -> Response:
    try:
        together.undo(knowledge().desk, number, actor())
    except BadRequest as error:
        return make_response(_result(number, error.reason), 400)
    return redirect(url_for("desk.bulk.result", number=number), 303)


@blueprint.post("/bulk/steps/<step>")
@asks(*CASE_ROLES)
def take(step: str) -> str:
    """Takes a step with each draft, in the revision that the page showed."""
    offered = next((one for one in STEPS if one.name == step and step in STEPS_OFFERED), None)
    if offered is None:
        raise NotFound(gettext("没有这种批量步骤"))
    if not actor().may(*offered.roles):
        raise Forbidden(gettext("您的账户没有这项权限，请与管理员联系。"))
    note = request.form.get("note", "")
    taken = bulk.take(knowledge().desk, _seen(), step, actor(), note=note)
    return render_template(
        "desk/bulk_steps.html",
        step=called.step(offered),
        done=[one for one in taken if not one.error],
        failed=[one for one in taken if one.error],
    )


def chosen() -> tuple[list[str], int]:
    """The ids that the address selects, MOST of them at most, and how many there were. Raises
    BadRequest for none."""
    ids = list(dict.fromkeys(one for one in request.args.getlist("id") if one))
    if request.args.get("all"):
        found = knowledge().desk.work(walk.query(walk.asked(), size=MOST))
        ids, total = [item.id for item in found.items], found.total
    else:
        total = len(ids)
    if not ids:
        raise BadRequest("id", gettext("没有选中案例：请在工作列表中勾选"))
    return ids[:MOST], total


def _selected() -> tuple[list[Draft], int]:
    ids, total = chosen()
    return knowledge().desk.drafts(ids), total


def _change() -> Change | None:
    asked = {n: request.values.get(n, "").strip() for n in ("field", "how", "typed", "part")}
    if asked["field"] not in bulk.FIELDS:
        return None
    how = How(asked["how"]) if asked["how"] in set(How) else How.SET
    return Change(asked["field"], how, asked["typed"], asked["part"])


def _seen() -> Seen:
    """The drafts with the revisions that the page showed (`id.revision`)."""
    seen = [one.rpartition(".") for one in request.form.getlist("seen")]
    if not 1 <= len(seen) <= MOST:
        raise BadRequest("seen", gettext("一次最多 %(n)s 件，至少 1 件", n=MOST))
    return list({record: revision(number) for record, _, number in seen}.items())


def _page(
    drafts: list[Draft],
    total: int,
    change: Change | None = None,
    rows: list[Row] | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> Response:
    desk, field = knowledge().desk, change.field if change else ""
    steps = {draft.id: {step.name for step in desk.steps(draft, actor())} for draft in drafts}
    offered = [
        (step, [draft for draft in drafts if step.name in steps[draft.id]])
        for step in STEPS
        if step.name in STEPS_OFFERED and actor().may(*step.roles)
    ]
    page = render_template(
        "desk/bulk.html",
        refused=refused,
        drafts=drafts,
        total=total,
        most=MOST,
        stages=called.STAGES,
        called=called,
        editor=actor().may(UserRole.EDITOR),
        names=NAMES,
        ways={how: said for how, said in WAYS.items() if how is not How.ADD or not _single(field)},
        change=change,
        terms=TAXONOMIES[field]().terms if field in TAXONOMIES else (),
        regions=regions() if field == "regions" else (),
        region_roles=list(RegionRole),
        known=_known(drafts, field),
        rows=rows,
        steps=offered,
    )
    return make_response(page, status)


def _single(field: str) -> bool:
    return field in ("batch", "published")


def _known(drafts: list[Draft], field: str) -> list[str]:
    """Values that one may mean: the batches there are, or what the drafts say of the field."""
    if field == "batch":
        return [title for title in knowledge().desk.work().by_batch if title]
    if field not in ("publishers", "keywords"):
        return []
    said = (settled(getattr(draft.content, field)) for draft in drafts)
    return sorted({value for values in said for value in values})


def _result(number: int, refused: str = "") -> str:
    made = together.read(knowledge().desk, number)
    mine = made.who == actor().name and actor().may(UserRole.EDITOR)
    return render_template(
        "desk/bulk_result.html",
        refused=refused,
        made=made,
        may_undo=mine and made.undone is None and bool(made.changed),
    )
