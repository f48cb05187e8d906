"""What the gates say, in the reader's language."""

from __future__ import annotations

import re

from flask import Flask
from flask_babel import gettext, lazy_gettext

from ingest.check.findings import Finding
from kb.desk import Label, Message
from kb.issues import Term
from kb.model import Beside
from web.desk import called


def register(app: Flask) -> None:
    """The filter `worded` for templates."""
    app.add_template_filter(worded)


def worded(said: str) -> str:
    """A message as the reader has it; what was not said to be translated stays as it is."""
    if isinstance(said, Message):
        values = {name: _word(value) for name, value in said.values.items()}
        return str(gettext(said.words, **values))
    return said


def of_finding(finding: Finding) -> Message:
    """What stands open, where, why it may not, and what could stand instead."""
    told = {
        "where": tuple(dict.fromkeys(Label(place.field.label) for place in finding.places)),
        "quote": finding.quote,
        "kind": Label(finding.kind.label),
        "certainty": Label(finding.certainty.label),
        "why": _why(finding.rule, finding.why, finding.mask or ""),
    }
    if not finding.mask:
        return Message("%(where)s中的“%(quote)s”（%(kind)s，%(certainty)s）：%(why)s", **told)
    return Message(
        "%(where)s中的“%(quote)s”（%(kind)s，%(certainty)s）：%(why)s，建议改为“%(mask)s”",
        mask=finding.mask,
        **told,
    )


def of_file(one: Beside) -> Message:
    """What the file says beside its text."""
    why = _why(one.rule, one.why, "")
    return Message("文件中的“%(quote)s”：%(why)s", quote=one.quote, why=why)


def _word(value: object) -> str:
    match value:
        case Label():
            return str(gettext(str(value)))
        case Message():
            return worded(value)
        case Term():
            return called.term(value)
        case tuple():
            return str(gettext("、")).join(map(_word, value))
    return str(value)


def _why(rule: str, why: str, mask: str) -> str:
    """The reason of a rule of `ingest.check`; of one that is not known here, as it gave it."""
    if rule == "name.masked_elsewhere":
        return Message(
            "同一人在别处已隐名为“%(mask)s”，此处仍是真名（法释〔2016〕19号第九条）", mask=mask
        )
    if rule.startswith("metadata.") and (found := _IN_FILE.fullmatch(why)):
        return Message(
            "文件%(part)s中有“%(what)s”，随文件公布会泄露个人信息，请在原程序中清除后另存",
            part=Label(found[1]) if found[1] else "",
            what=Label(found[2]),
        )
    return Label(why)


_IN_FILE = re.compile("文件(属性)?中有“(.+)”，随文件公布会泄露个人信息，请在原程序中清除后另存")
WORDS = (
    # where
    *(lazy_gettext("标题"), lazy_gettext("副标题"), lazy_gettext("正文")),
    *(lazy_gettext("各项的值或依据"), lazy_gettext("文件名"), lazy_gettext("文件")),
    # what
    *(lazy_gettext("身份证号码"), lazy_gettext("电话号码"), lazy_gettext("车牌号码")),
    *(lazy_gettext("银行账号"), lazy_gettext("电子邮箱"), lazy_gettext("网络账号")),
    *(lazy_gettext("详细住址"), lazy_gettext("出生日期"), lazy_gettext("自然人姓名")),
    *(lazy_gettext("未成年人信息"), lazy_gettext("文件属性")),
    # how sure
    *(lazy_gettext("确定"), lazy_gettext("很可能"), lazy_gettext("可能")),
    # why
    lazy_gettext("自然人的证件号码应当删除或以×替代（法释〔2016〕19号第十条）"),
    lazy_gettext("自然人的身份证号码应当删除或以×替代（法释〔2016〕19号第十条）"),
    lazy_gettext("自然人的通讯方式应当删除或以×替代（法释〔2016〕19号第十条）"),
    lazy_gettext("银行账号应当删除或以×替代（法释〔2016〕19号第十条）"),
    lazy_gettext("车牌号码应当删除或以×替代（法释〔2016〕19号第十条）"),
    lazy_gettext("家庭住址应当删除，只保留到县、区（法释〔2016〕19号第十条、第十一条）"),
    lazy_gettext("出生日期与其他信息合在一起可以认出本人，建议只留年份（法释〔2016〕19号第十条）"),
    lazy_gettext(
        "未成年人的姓名和能认出其身份的信息不得公开（法释〔2016〕19号第八条；未成年人保护法）"
    ),
    lazy_gettext("自然人姓名应当隐去名字、保留姓氏（法释〔2016〕19号第八条、第九条）"),
    # beside the text of a file
    *(lazy_gettext("属性"), lazy_gettext("作者"), lazy_gettext("作者（XMP）")),
    *(lazy_gettext("最后修改者"), lazy_gettext("主管"), lazy_gettext("备注")),
    *(lazy_gettext("批注"), lazy_gettext("批注作者"), lazy_gettext("隐藏文字")),
    *(lazy_gettext("修订（插入）"), lazy_gettext("修订（删除）")),
    *(lazy_gettext("修订（移出）"), lazy_gettext("修订（移入）")),
    lazy_gettext("已删除但仍保存在修订中的文字"),
    # steps of a dispute, of `kb/data/gates.toml`
    *(lazy_gettext("行政行为"), lazy_gettext("申请复议"), lazy_gettext("受理")),
    lazy_gettext("复议决定"),
)
"""What `ingest.check` and the data of the gates say, for the catalogue to have."""
