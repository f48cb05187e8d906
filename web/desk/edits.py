"""What a form of a draft's page asks to be changed, as a content made of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext

from ingest.check.masking import mask
from ingest.check.privacy import check
from kb.desk import fields, text
from kb.desk.completeness import warning_key
from kb.desk.selected import read_selected
from kb.desk.values import read_value
from kb.errors import BadRequest
from kb.law.statutes import Registry
from kb.model import Content, Role, Span
from kb.store.rows import claims_of
from web.desk.masks import mask_one
from web.desk.view import key

NOTES = {
    "mask": "隐名",
    "mask_one": "隐名",
    "words": "改文字",
    "relabel": "改段落",
    "split": "改段落",
    "join": "改段落",
    "section": "改段落",
    "seen": "核对提示",
    "add": "填写",
    "accept": "确认",
    "accept_all": "确认",
    "reject": "不采用",
}

"""What the history calls an edit."""


def changed(record: str, content: Content, form: Mapping[str, str], registry: Registry) -> Content:
    """The content after the edit that a form asks for (`do`). Raises BadRequest."""
    edits: dict[str, Callable[[], Content]] = {
        "words": lambda: _words(content, form),
        "add": lambda: _added(content, form, registry),
        "accept": lambda: fields.accept(content, form["field"], _value(content, form)),
        "accept_all": lambda: fields.accept_all(content, form["field"]),
        "reject": lambda: fields.reject(content, form["field"], _value(content, form)),
        "relabel": lambda: text.relabel(content, _number(form, "part"), _role(form)),
        "join": lambda: text.join(content, _number(form, "part")),
        "split": lambda: text.split(content, _number(form, "place")),
        "section": lambda: text.mark(content, _span(form), _role(form)),
        "seen": lambda: _without_warning(content, form.get("key", "")),
        "mask": lambda: mask(content, check(content)).content,
        "mask_one": lambda: mask_one(record, content, form.get("key", ""), form.get("instead", "")),
    }
    edit = edits.get(form.get("do", ""))
    if edit is None:
        raise BadRequest("do", gettext("没有这种修改，请刷新后再试"))
    return edit()


def _without_warning(content: Content, name: str) -> Content:
    left = tuple(one for one in content.warnings if warning_key(one) != name)
    if left == content.warnings:
        raise BadRequest("key", gettext("这一处已经不在了，请刷新后再试"))
    return content.with_fields(warnings=left)


def _words(content: Content, form: Mapping[str, str]) -> Content:
    named = text.titled(content, form.get("title", ""), form.get("subtitle", ""))
    return text.with_text(named, form.get("text", ""))


def _added(content: Content, form: Mapping[str, str], registry: Registry) -> Content:
    """A value typed, or read from the words selected in the text where none is; the words selected
    are its evidence."""
    field, typed = form.get("field", ""), form.get("typed", "")
    options = {
        "part": form.get("part", ""),
        "natural": bool(form.get("natural")),
        "registry": registry,
    }
    if not form.get("start"):
        value = read_value(content, field, typed, **options)
        return fields.accept(content, field, value)
    span = _span(form)
    if typed:
        value, shown = read_value(content, field, typed, span=span, **options), span
    else:
        value, shown = read_selected(content, field, span, **options)
    return fields.assign(content, field, value, shown)


def _value(content: Content, form: Mapping[str, str]) -> Any:
    """The value that a form names. Raises BadRequest where it is gone by now."""
    field = form.get("field", "")
    for claim in claims_of(content, field) if field in fields.CLAIM_FIELDS else ():
        if key(claim.value) == form.get("value"):
            return claim.value
    raise BadRequest("value", gettext("这个值已经不在了，请刷新后再试"))


def _span(form: Mapping[str, str]) -> Span:
    return Span(_number(form, "start"), _number(form, "end"))


def _role(form: Mapping[str, str]) -> Role:
    if form.get("role") not in set(Role):
        raise BadRequest("role", gettext("没有这种段落"))
    return Role(form["role"])


def _number(form: Mapping[str, str], name: str) -> int:
    typed = form.get(name, "")
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 9:
        raise BadRequest(name, gettext("没有这个位置，请刷新后再试"))
    return int(typed)
