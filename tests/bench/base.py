"""A knowledge base of many records made of the corpus, filed as real ones are."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from kb import places
from kb.issues import Taxonomy, acts, issues, outcomes
from kb.model import (
    Citation,
    CitationStatus,
    Claim,
    ClaimSource,
    Content,
    Evidence,
    Region,
    RegionRole,
    Role,
    Section,
    Source,
    Span,
)
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.store.database import open_database
from kb.store.repository import Repository
from tests.bench.filing import filing
from tests.bench.words import Corpus, cache_folder

VERSION = 1
_SET = 500
_HEADINGS = {
    Role.FACTS: "【基本案情】",
    Role.REVIEW: "【复议办理】",
    Role.SIGNIFICANCE: "【典型意义】",
}
_GIVEN = Evidence("bench.given", source=ClaimSource.EXTERNAL)


def record(number: int, text: str) -> Content:
    """A typical case of three sections; text: its sentences, one a line."""
    filed, draw = filing(number), random.Random(number)
    title = f"{text[:24].partition('。')[0]}案（示例{number}）"
    whole, sections = f"{title}\n", [Section(Role.HEAD, "", Span(0, len(title) + 1), Span(0, 0))]
    sentences = text.split("\n")
    third = -(-len(sentences) // 3)
    for part, (role, heading) in enumerate(_HEADINGS.items()):
        start = len(whole)
        below = start + len(heading) + 1
        whole += f"{heading}\n" + "\n".join(sentences[part * third : (part + 1) * third]) + "\n"
        span = Span(start, len(whole))
        sections.append(Section(role, heading, span, Span(below, len(whole))))
    place = places.place(filed.region).full_name
    return Content(
        kind=filed.kind,
        title=title,
        text=whole,
        sections=tuple(sections),
        batch=(Claim(f"第{number // 400}批典型案例（示例）", _GIVEN),),
        publishers=(Claim(f"{place}司法局（示例）", _GIVEN),),
        decided=(Claim(filed.decided, _GIVEN),),
        regions=(Claim(Region(filed.region, place, RegionRole.AUTHORITY), _GIVEN),),
        acts=(Claim(draw.choice(_codes(acts)), _GIVEN),),
        issues=tuple(Claim(code, _GIVEN) for code in draw.sample(_codes(issues), 2)),
        outcomes=(Claim(draw.choice(_codes(outcomes)), _GIVEN),),
        citations=tuple(Claim(_citation(*cited), _GIVEN) for cited in filed.cited),
    )


def records(corpus: Corpus) -> Iterator[Content]:
    return (record(number, corpus.text(number)) for number in range(len(corpus)))


def home_of(
    corpus: Corpus, folder: Path | None = None, progress: Callable[[int], None] | None = None
) -> Path:
    """A KB_HOME whose store holds the corpus, and an index of it. The store is kept from run to
    run; an index that an older program made is made anew."""
    home = (folder or cache_folder()) / f"home-{len(corpus)}-{VERSION}"
    done = home / "complete"
    if not done.exists():
        store(home, records(corpus))
        done.touch()
    open_base(home, progress)
    return home


def store(home: Path, contents: Iterator[Content], name: str = "bench") -> None:
    """Publishes records in a new store, some hundreds a source and transaction. None of them waits
    to be indexed: an index is made of all when the base is opened."""
    settings = Settings.from_environment({"KB_HOME": str(home)})
    settings.make_home()
    repository = Repository(open_database(settings.database_url))
    count = 0
    while some := tuple(islice(contents, _SET)):
        digest = hashlib.sha256(f"{name} {count}".encode()).hexdigest()
        source = Source(origin=f"{name}/{count:06}.jsonl", sha256=digest, media="jsonl", text="")
        repository.submit(source, some, parser="bench", publish=True)
        count += len(some)
    while waiting := repository.pending():
        repository.done(waiting[-1].seq)


def open_base(home: Path, progress: Callable[[int], None] | None = None) -> KnowledgeBase:
    """The base in a folder, its index made where there is none."""
    return KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(home)}), progress)


@cache
def _codes(taxonomy: Callable[[], Taxonomy]) -> list[str]:
    return [term.code for term in taxonomy().terms]


def _citation(work: str, article: int) -> Citation:
    return Citation(
        span=Span(0, 0),
        raw=f"《{work}》第{article}条",
        work=work,
        version=None,
        article=article,
        paragraph=None,
        item=None,
        status=CitationStatus.RESOLVED,
        rule="given",
    )
