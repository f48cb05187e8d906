"""Files, pasted text and addresses taken in as drafts, each told what became of it. The files
themselves are not kept, only what was read of them."""

from __future__ import annotations

import hashlib
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext, lazy_gettext

from ingest.check.files import check_file
from ingest.pipeline import Options, Outcome, SourceReport, ingest
from ingest.read import SUFFIXES
from kb.errors import BadRequest
from kb.model import Content, Source
from kb.store import Submitted
from web.desk.session import actor
from web.knowledge import knowledge

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

MOST_FILES, MOST_BYTES, MOST_ADDRESSES, MOST_CHARACTERS = 40, 10_000_000, 5, 200_000
ENDINGS = ",".join(sorted(SUFFIXES))
"""Of the files that can be read."""
_OUTCOMES = {
    Outcome.ADDED: lazy_gettext("已加入"),
    Outcome.UPDATED: lazy_gettext("已更新"),
    Outcome.UNCHANGED: lazy_gettext("没有新内容"),
    Outcome.FAILED: lazy_gettext("未能读取"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file or address. drafts: the ids with the titles."""

    name: str
    outcome: str
    failed: bool
    drafts: tuple[tuple[str, str], ...]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


class _Keeper:
    """The base as an upload has it: nothing is published, and whoever sent it brought it in.
    Sources are named by content and file name, not by the folder in which they were for a moment.
    """

    def __init__(self, kb: KnowledgeBase, by: str, folder: Path) -> None:
        self._kb, self._by, self._folder = kb, by, f"{folder.as_posix()}/"

    def known(self, origin: str) -> tuple[str, str] | None:
        return self._kb.known(self._named(origin))

    def same_bytes(self, sha256: str) -> str | None:
        return self._kb.same_bytes(sha256)

    def submit(
        self, source: Source, contents: tuple[Content, ...], *, parser: str, publish: bool
    ) -> Submitted:
        # Of a published case the new reading waits at the desk; nothing here is seen at once.
        del publish
        origin = self._named(source.origin)
        named = replace(source, origin=origin)
        return self._kb.submit(named, contents, parser=parser, publish=False, by=self._by)

    def _named(self, origin: str) -> str:
        return re.sub(f"^{re.escape(self._folder)}", "upload/", origin)


def take(typed: dict[str, str]) -> list[Row]:
    """What became of the files sent, of the text pasted and of the addresses named. Raises
    BadRequest where too much came, or nothing."""
    with tempfile.TemporaryDirectory(prefix="desk-") as made:
        folder = Path(made).resolve()
        rows, files = _files(folder, typed["text"])
        addresses = typed["addresses"].split()
        if len(addresses) > MOST_ADDRESSES:
            raise BadRequest(
                "addresses", gettext("一次最多 %(n)s 个网址，请分次添加", n=MOST_ADDRESSES)
            )
        if wrong := [one for one in addresses if not re.match(r"https?://", one, re.I)]:
            raise BadRequest(
                "addresses",
                gettext("“%(word)s”不是网址，应以 http:// 或 https:// 开头", word=wrong[0][:60]),
            )
        if not (rows or files or addresses):
            raise BadRequest("files", gettext("请选择文件、粘贴文字或填写网址"))
        keeper = _Keeper(knowledge(), actor().who, folder)
        options = Options(batch=typed["batch"][:200])
        report = ingest(keeper, [*map(str, files), *addresses], options, publish=False)
        beside = {str(file): _beside(file) for file in files}
        return [*rows, *(_row(one, beside.get(one.origin, ())) for one in report.sources)]


def _files(folder: Path, text: str) -> tuple[list[Row], list[Path]]:
    """The files sent, and the text pasted as one more, put down; with those refused."""
    sent = [one for one in request.files.getlist("files") if one.filename]
    if len(sent) > MOST_FILES:
        raise BadRequest("files", gettext("一次最多 %(n)s 个文件，请分次添加", n=MOST_FILES))
    if len(text) > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS:,}"
        raise BadRequest("text", gettext("一次最多粘贴 %(n)s 字，请分次添加", n=most))
    refused, kept = [], []
    for one in sent:
        name, data = _name(one.filename or ""), one.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            said = gettext("超过 %(n)s MB，请拆分后再添加", n=MOST_BYTES // 1_000_000)
            refused.append(Row(name, str(_OUTCOMES[Outcome.FAILED]), True, (), (said,), ()))
        else:
            kept.append(_put(folder, name, data))
    if text:
        kept.append(_put(folder, "粘贴的文字.txt", text.encode()))
    return refused, list(dict.fromkeys(kept))


def _put(folder: Path, name: str, data: bytes) -> Path:
    file = folder / hashlib.sha256(data).hexdigest()[:12] / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return file


def _name(sent: str) -> str:
    """The file's own name, without folders and what no file system takes."""
    name = re.sub(r"[\x00-\x1f]", "", PurePath(sent.replace("\\", "/")).name)
    path = PurePath(name)
    kept = path.stem.encode()[:150].decode(errors="ignore") + path.suffix[:10]
    return kept if kept.strip(". ") else "未命名"


def _beside(file: Path) -> tuple[str, ...]:
    """What the file says beside its text, which would go out with it."""
    return tuple(f"“{one.quote}”：{one.why}" for one in check_file(file.read_bytes()))


def _row(report: SourceReport, beside: tuple[str, ...]) -> Row:
    name = report.origin if "://" in report.origin else PurePath(report.origin).name
    titles = {one: knowledge().desk.draft(one).content.title for one in report.record_ids}
    return Row(
        name,
        str(_OUTCOMES.get(report.outcome, report.outcome)),
        report.outcome is Outcome.FAILED,
        tuple(titles.items()),
        tuple(map(str, report.errors)),
        (*report.warnings, *beside),
    )
