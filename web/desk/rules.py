"""The rules that values are read by, in plain words, and how far each may be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from flask_babel import gettext, lazy_gettext


class Trust(Enum):
    """How far a rule's finding may be relied on. SETTLED: a person or the import said it. HIGH: the
    text says it in so many words. FAIR: by form and place. LOW: by the look of it."""

    SETTLED = auto()
    HIGH = auto()
    FAIR = auto()
    LOW = auto()

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    Trust.SETTLED: lazy_gettext("已定"),
    Trust.HIGH: lazy_gettext("把握大"),
    Trust.FAIR: lazy_gettext("把握一般"),
    Trust.LOW: lazy_gettext("请细看"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a value was read. words: the rule as a reviewer says it."""

    words: str
    trust: Trust


def reading(rule: str) -> Reading:
    """The rule of an evidence (`kb.model.Evidence`); one that has no words here is told by its
    name, and to be looked at."""
    name = rule
    while name:
        if name in _RULES:
            words, trust = _RULES[name]
            return Reading(str(words), trust)
        name = name.rpartition("+" if "+" in name else ".")[0]
    return Reading(gettext("规则 %(rule)s", rule=rule), Trust.LOW)


_HIGH, _FAIR, _LOW = Trust.HIGH, Trust.FAIR, Trust.LOW
_RULES = {
    "person": (lazy_gettext("由人认定"), Trust.SETTLED),
    "import": (lazy_gettext("导入时写明"), Trust.SETTLED),
    "batch.meta": (lazy_gettext("页面信息写明"), _HIGH),
    "batch.title": (lazy_gettext("取自页面标题"), _HIGH),
    "batch.masthead": (lazy_gettext("取自页首文字"), _FAIR),
    "keywords": (lazy_gettext("“关键词”一段列出"), _HIGH),
    "published.meta": (lazy_gettext("页面信息写明"), _HIGH),
    "published.masthead": (lazy_gettext("取自页首文字"), _FAIR),
    "publisher.meta": (lazy_gettext("页面信息写明"), _HIGH),
    "publisher.masthead": (lazy_gettext("取自页首文字"), _FAIR),
    "publisher.source": (lazy_gettext("页面写明来源"), _HIGH),
    "publisher.signed": (lazy_gettext("文末署名"), _FAIR),
    "decided.result": (lazy_gettext("处理结果中与决定写在一起的日期"), _HIGH),
    "decided.closing": (lazy_gettext("文末落款日期"), _HIGH),
    "decided.closing.digits": (lazy_gettext("文末落款日期，写作数字"), _FAIR),
    "decided.closing.lost": (lazy_gettext("文末落款日期，“年”“月”二字已脱落"), _LOW),
    "decided.closing.run_on": (lazy_gettext("文末落款日期，与前文连写"), _FAIR),
    "dockets.own": (lazy_gettext("文书首部写明的本案案号"), _HIGH),
    "dockets.find": (lazy_gettext("正文中提到的编号"), _FAIR),
    "parties.block": (lazy_gettext("首部的当事人介绍"), _HIGH),
    "parties.title": (lazy_gettext("从标题读出"), _FAIR),
    "parties.label": (lazy_gettext("名称旁写明“申请人”等身份"), _HIGH),
    "region.authority": (lazy_gettext("办案机关名称中的地名"), _HIGH),
    "region.court": (lazy_gettext("法院名称中的地名"), _HIGH),
    "region.party": (lazy_gettext("当事人名称或住所中的地名"), _FAIR),
    "region.act": (lazy_gettext("案情中提到的地名"), _FAIR),
    "region.publisher": (lazy_gettext("发布机关名称中的地名"), _FAIR),
    "acts.act.title": (lazy_gettext("标题写明"), _HIGH),
    "acts.act.claim": (lazy_gettext("写明不服什么或请求撤销什么"), _HIGH),
    "acts.act.mention": (lazy_gettext("正文提到最多"), _LOW),
    "issues.issue.focus": (lazy_gettext("写明争议焦点的句子"), _HIGH),
    "issues.issue.title": (lazy_gettext("标题写明"), _HIGH),
    "issues.issue.text": (lazy_gettext("从正文用语推断"), _FAIR),
    "outcomes.paper": (lazy_gettext("文书名称写明"), _HIGH),
    "outcomes.outcome.decided": (lazy_gettext("“决定”“判决”之后的文字"), _HIGH),
    "outcomes.outcome.bare": (lazy_gettext("结果段开头的文字"), _FAIR),
    "outcomes.outcome.stated": (lazy_gettext("文字本身写明结果"), _HIGH),
    "citations.registry": (lazy_gettext("写出法规名称"), _HIGH),
    "citations.alias_in_text": (lazy_gettext("用文中约定的简称"), _HIGH),
    "citations.carried": (lazy_gettext("承前省略名称，依上文认定"), _FAIR),
    "citations.without_antecedent": (lazy_gettext("只写条号，看不出是哪部法规"), _LOW),
    "citations.unknown_name": (lazy_gettext("不认得这个法规名称"), _LOW),
}
"""By the rule's name or the beginning of it; of a citation, by how its statute was named."""
