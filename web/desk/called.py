"""What stages, steps, sections and terms are called at the desk, in the reader's language."""

from __future__ import annotations

from flask_babel import lazy_gettext

from kb.desk import Step
from kb.issues import Term
from kb.model import Role, Status
from web.language import chosen

STAGES = {
    Status.DRAFT: lazy_gettext("草稿"),
    Status.IN_REVIEW: lazy_gettext("待审"),
    Status.APPROVED: lazy_gettext("待发布"),
    Status.PUBLISHED: lazy_gettext("已发布"),
    Status.WITHDRAWN: lazy_gettext("已撤回"),
}
SECTIONS = {
    Role.HEAD: lazy_gettext("首部"),
    Role.KEYWORDS: lazy_gettext("关键词"),
    Role.PARTIES: lazy_gettext("当事人"),
    Role.FACTS: lazy_gettext("基本案情"),
    Role.CLAIMS: lazy_gettext("请求与主张"),
    Role.DEFENCE: lazy_gettext("答复与答辩"),
    Role.REVIEW: lazy_gettext("复议审理"),
    Role.REASONS: lazy_gettext("裁判理由"),
    Role.RESULT: lazy_gettext("处理结果"),
    Role.HOLDING: lazy_gettext("裁判要旨"),
    Role.SIGNIFICANCE: lazy_gettext("典型意义"),
    Role.COMMENTARY: lazy_gettext("评析"),
    Role.STATUTES: lazy_gettext("相关法条"),
    Role.TAIL: lazy_gettext("文末"),
    Role.OTHER: lazy_gettext("其他段落"),
}
_STEPS = {
    "submit": lazy_gettext("送审"),
    "approve": lazy_gettext("通过"),
    "publish": lazy_gettext("发布"),
    "recall": lazy_gettext("收回修改"),
    "return": lazy_gettext("退回修改"),
    "reconsider": lazy_gettext("退回再审"),
    "correct": lazy_gettext("更正"),
    "drop": lazy_gettext("放弃更正"),
    "withdraw": lazy_gettext("撤回"),
    "discard": lazy_gettext("弃用"),
    "reopen": lazy_gettext("重新办理"),
}


def step(one: Step) -> str:
    """A step of the flow, as on its button."""
    return str(_STEPS.get(one.name, one.label))


def term(one: Term) -> str:
    """A term of a taxonomy."""
    return one.label_en if chosen() == "en" and one.label_en else one.label
