"""Statutes as files, written by ourselves, in the forms that collections and the national database
use."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

MARKDOWN = """# 示例市河道管理条例

2022年5月1日 示例市人民代表大会常务委员会通过

2022年7月1日 施行

<!-- INFO END -->

## 第一章 总则

第一条 为了管好示例河道，制定本条例。

第二条 有下列情形之一的，处一千元罚款：

（一）在河道内洗车的；

（二）损坏护栏的。

## 第二章 附则

第三条 本条例自2022年7月1日起施行。
"""

ORDER = [
    "示例国主席令",
    "第七号",
    "《示例处罚法》已于2022年5月1日修订通过，现予公布。",
    "主席　某某",
]
TITLE = ["中华人民共和国示例处罚法"]
HISTORY = [
    "（1996年3月17日第八届全国人民代表大会第四次会议通过　根据2009年8月27日第十一届全国人民代表大会"
    "常务委员会第十次会议《关于修改部分法律的决定》第一次修正　2022年5月1日第十三届全国人民代表大会"
    "常务委员会第二十五次会议修订）"
]
CONTENTS = ["目　　录", "第一章　总　　则", "第二章　处罚的决定", "　第一节　一般规定", "附　　则"]
BODY = [
    "第一章　总　　则",
    "第一条　为了规范示例处罚，制定本法。",
    "第二条　示例处罚由示例机关作出。",
    "　　情节轻微的，不予处罚。",
    "第二章　处罚的决定",
    "第一节　一般规定",
    "第三条　有下列情形之一的，从轻处罚：",
    "（一）主动改正的；",
    "（二）配合调查的。",
    "第三条之一　立功的，可以减轻处罚。",
    "附　　则",
    "第四条　本法自2022年7月15日起施行。",
]


def docx(path: Path, *paragraphs: str, centred: int = 1) -> Path:
    """A document of these paragraphs, the first ones centred."""
    document = Document()
    for number, text in enumerate(paragraphs):
        paragraph = document.add_paragraph(text)
        if number < centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(path))
    return path


def markdown(path: Path, text: str = MARKDOWN) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
