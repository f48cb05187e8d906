"""What was sent to be added — files, pasted text, addresses — put down and made a job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from flask import request
from flask_babel import gettext

from kb.errors import BadRequest
from kb.store.job import NewItem
from web.desk.session import actor
from web.desk.uploads import MOST_CHARACTERS, MOST_FILES, Uploads, file_name, received
from web.knowledge import knowledge

MOST_ADDRESSES = 5
KIND = "add"
PASTED = "粘贴的文字.txt"


def take(typed: Mapping[str, str], uploads: Uploads) -> int:
    """The id of the job that reads the files sent, the text pasted and the addresses named. Raises
    BadRequest where too much came, or nothing."""
    addresses = typed["addresses"].split()
    _check(typed["text"], addresses)
    folder = uploads.folder()
    try:
        items = [*_files(uploads, folder, typed["text"]), *_addresses(addresses)]
        if not items:
            raise BadRequest("files", gettext("请选择文件、粘贴文字或填写网址"))
        if not any("file" in item.data for item in items):
            uploads.remove(folder)
        options = {"folder": folder, "batch": typed["batch"][:200]}
        return knowledge().desk.jobs.make(KIND, actor().name, _named(items), options, items)
    except BaseException:
        uploads.remove(folder)
        raise


def _check(text: str, addresses: list[str]) -> None:
    if len(request.files.getlist("files")) > MOST_FILES:
        raise BadRequest("files", gettext("一次最多 %(n)s 个文件，请分次添加", n=MOST_FILES))
    if len(text) > MOST_CHARACTERS:
        most = f"{MOST_CHARACTERS:,}"
        raise BadRequest("text", gettext("一次最多粘贴 %(n)s 字，请分次添加", n=most))
    if len(addresses) > MOST_ADDRESSES:
        raise BadRequest(
            "addresses", gettext("一次最多 %(n)s 个网址，请分次添加", n=MOST_ADDRESSES)
        )
    if wrong := [one for one in addresses if not re.match(r"https?://", one, re.I)]:
        raise BadRequest(
            "addresses",
            gettext("“%(word)s”不是网址，应以 http:// 或 https:// 开头", word=wrong[0][:60]),
        )


def _files(uploads: Uploads, folder: str, text: str) -> Iterator[NewItem]:
    """Each file once, and the text as one more."""
    seen = set()
    for one in request.files.getlist("files"):
        if not one.filename:
            continue
        name = file_name(one.filename)
        try:
            data = received(one)
        except BadRequest as error:
            yield NewItem(name, {}, error.told)
            continue
        if (kept := uploads.put(folder, name, data)) not in seen:
            seen.add(kept)
            yield NewItem(name, {"file": kept})
    if text:
        yield NewItem(PASTED, {"file": uploads.put(folder, PASTED, text.encode())})


def _addresses(named: list[str]) -> Iterator[NewItem]:
    return (NewItem(one, {"address": one}) for one in dict.fromkeys(named))


def _named(items: list[NewItem]) -> str:
    first, more = items[0].name[:60], len(items) - 1
    return f"{first} 等 {more + 1} 项" if more else first
