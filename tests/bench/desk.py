"""How quick the reviewers' desk is at a base of many records.

    python -m tests.bench.desk --docs 10000

Among the published records of the corpus some hundreds of drafts are put, as a set would bring them
in. Pages are asked of the site as a browser would, without the network: what a page takes on the
server. Each draft's page is asked for twice: the first time everything is worked out, the gates
included. Publishing is the press of the button until the case is found. Beside the time on the
clock stands that of the processor, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from kb.accounts import Accounts, Actor, UserRole
from kb.accounts.secrets import Passwords
from kb.model import Content, Source
from kb.search.request import SearchRequest
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.store import looks
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from tests.bench.base import home_of, open_base, record
from tests.bench.corpus import percentile
from tests.bench.processes import machine
from tests.bench.words import Corpus
from web.app import create_app
from web.settings import OFF
from web.settings import Settings as SiteSettings

DRAFTS, PUBLISHED = 200, 20
Times = tuple[float, float]
"""In seconds: on the clock, and of the processor."""
EVERYTHING = Actor("bench", frozenset(UserRole))
OTHER = Actor("other", frozenset(UserRole))
PASSWORD = "春风又绿江南岸-示例"
_PERSON = (
    "申请人王小明，男，1985年3月14日出生，住重庆市渝北区龙湖路88号3栋2单元501室，电话13912345678。"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=2_000)
    parser.add_argument("--drafts", type=int, default=DRAFTS)
    options = parser.parse_args()
    corpus = Corpus(options.docs)
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(home_of(corpus), home)
        _measure(home, corpus, options.drafts)


def _measure(home: Path, corpus: Corpus, count: int) -> None:
    kb = open_base(home)
    _timed_once("sketches of records from before", kb.desk.duplicates.prepare)
    drafts = _drafts(kb, corpus, count)
    _looks(home)
    client = _signed_in(home, kb)
    print(f"{len(corpus):,} published, {len(drafts):,} drafts\n")
    print(f"{'ms':<34}{'p50':>8}{'p95':>8}   processor:{'p50':>8}{'p95':>8}")
    lists = ["/desk/", "/desk/?stage=published", "/desk/?q=%E8%A1%8C%E6%94%BF", "/desk/looks"]
    for path in lists:
        _pages(path, client, [path] * 20)
    pages = [f"/desk/drafts/{one}" for one in drafts]
    _pages("a draft, asked for the first time", client, pages)
    _pages("a draft, asked for again", client, pages[-50:] * 2)
    _pages("its revisions", client, [f"{page}/history" for page in pages[:50]])
    _row("each gate:", [])
    for gate in kb.desk.gates:
        name = getattr(gate, "__qualname__", repr(gate)).rpartition(".")[2]
        told = [kb.desk.draft(one) for one in drafts]
        name = {"gate": gate.__module__.rpartition(".")[2]}.get(name, name)
        _row(f"  {name}", [_timed(lambda gate=gate, one=one: gate(one)) for one in told])
    kb.search(SearchRequest(q="行政复议"))  # as readers do all the time
    _row("publish until found", [_publish(kb, one) for one in drafts[:PUBLISHED]])


def _drafts(kb: KnowledgeBase, corpus: Corpus, count: int) -> list[str]:
    """Drafts made of the corpus, with a person in each; every tenth a copy of a published one."""
    contents = []
    for number in range(count):
        at = number if number % 10 == 0 else (7 * number + 3) % len(corpus)
        lines = corpus.text(at).split("\n")
        kept = lines if number % 10 == 0 else lines[::2]
        told = record(100_000 + number, "\n".join(kept))
        contents.append(_with(told, f"{_PERSON}第{number}件。"))
    source = Source(origin="bench/drafts.jsonl", sha256="d" * 64, media="jsonl", text="")
    return list(kb.submit(source, tuple(contents), parser="bench", publish=False).added)


def _with(content: Content, words: str) -> Content:
    """With these words at the end of its last section."""
    *others, last = content.sections
    end = len(content.text) + len(words)
    span, body = replace(last.span, end=end), replace(last.body, end=end)
    sections = (*others, replace(last, span=span, body=body))
    return content.with_fields(text=content.text + words, sections=sections)


def _looks(home: Path) -> None:
    """A new version of a statute that many cite."""
    settings = Settings.from_environment({"KB_HOME": str(home)})
    with open_database(settings.database_url).write() as connection:
        looks.queue(connection, "行政处罚法", date(2099, 1, 1), datetime.now(UTC))


def _signed_in(home: Path, kb: KnowledgeBase) -> FlaskClient:
    url = Settings.from_environment({"KB_HOME": str(home)}).database_url
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    kb.accounts = Accounts(AccountStore(open_database(url)), cheap)
    kb.accounts.choose_password(kb.accounts.add("bench", list(UserRole)), PASSWORD)
    client = create_app(kb, settings=SiteSettings(rate_limit=OFF)).test_client()
    form = client.get("/desk/sign-in").get_data(as_text=True)
    token = re.search('name="csrf_token" value="([^"]+)"', form)
    assert token
    client.post(
        "/desk/sign-in", data={"csrf_token": token[1], "name": "bench", "password": PASSWORD}
    )
    return client


def _publish(kb: KnowledgeBase, record_id: str) -> Times:
    """From the press of the button until the case is found."""
    draft = kb.desk.draft(record_id)
    words = draft.content.title
    for step, actor in (("submit", EVERYTHING), ("approve", OTHER)):
        kb.desk.take(record_id, step, actor, draft.revision)
    for failure in kb.desk.failures(draft):
        kb.desk.ask_override(record_id, failure.gate, failure.key, EVERYTHING, "bench")
    for one in kb.desk.overrides(record_id):
        kb.desk.confirm_override(record_id, one.id, OTHER)

    def publish() -> None:
        kb.desk.take(record_id, "publish", EVERYTHING, draft.revision)
        found = kb.search(SearchRequest(q=f'"{words}"')).hits
        assert record_id in [hit.id for hit in found], words

    return _timed(publish)


def _pages(name: str, client: FlaskClient, paths: Iterable[str]) -> None:
    def ask(path: str) -> None:
        assert client.get(path).status_code == 200, path

    _row(name, [_timed(lambda path=path: ask(path)) for path in paths])


def _timed(work: Callable[[], object]) -> Times:
    start = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start[0], time.process_time() - start[1]


def _timed_once(name: str, work: Callable[[], object]) -> None:
    print(f"{name}: {_timed(work)[0]:.1f} s")


def _row(name: str, times: list[Times]) -> None:
    sides = [[one[side] for one in times] for side in (0, 1)]
    told = [
        "".join(f"{percentile(side, share):8.1f}" for share in (0.5, 0.95)) if side else ""
        for side in sides
    ]
    print(f"{name:<34}{told[0]}{' ' * 13 if times else ''}{told[1]}", flush=True)


if __name__ == "__main__":
    main()
