"""The statutes as one book: what is known of them from the registry and from the texts here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from time import monotonic

from kb.errors import NotFound
from kb.law.crosswalk import Correspondence, crosswalk
from kb.law.imported import Placed, place_text
from kb.law.located import locate
from kb.law.provisions import Pinpoint, Provision, parse_address, place
from kb.law.statutes import Registry, Work, registry
from kb.law.text import Article, StatuteText, paragraphs
from kb.model import Citation
from kb.search.engine import Engine, IndexDocument
from kb.search.statutes import STATUTE_DOCUMENT_VERSION, Shelf, version_documents
from kb.statutes import known
from kb.statutes.changes import Changes
from kb.statutes.citing import cited_by
from kb.statutes.outline import outline
from kb.statutes.standing import Sources, check
from kb.statutes.values import (
    ArticlePage,
    Checked,
    Comparison,
    Edition,
    StatuteAbout,
    VersionText,
)
from kb.store.statute_writing import Stored
from kb.store.statutes import Citing, StatuteCounts, StatuteStore, StoredWork
from kb.text import segment

_DRAIN = 40
# More versions than these are quicker indexed anew than written into the old index.
_ANEW = 400
_FRESH = 0.5  # seconds
_NEVER = float("-inf"), ""


class StatuteBook:
    """Works, versions, articles. Safe to share between threads.

    A work is asked for by any of its names; one that is unknown, or a version or article that is
    not there, raises NotFound. today: the day that decides what is in force.
    """

    def __init__(self, store: StatuteStore, today: Callable[[], date] = date.today) -> None:
        self._store, self._today = store, today
        self._read: tuple[str, Registry, Changes] | None = None
        self._asked = _NEVER
        self._counted = ("", StatuteCounts(0, 0, 0))

    def state(self) -> str:
        """Changes whenever a statute does: at once if it is stored here, half a second later at
        the most if another process stores it, since every answer asks."""
        asked, state = self._asked
        if monotonic() - asked > _FRESH:
            state = self._store.state()
            self._asked = monotonic(), state
        return state

    def today(self) -> date:
        """The day that decides what is in force."""
        return self._today()

    # What there is

    def counts(self) -> StatuteCounts:
        """How many works, versions and articles have their text here."""
        state = self.state()
        if self._counted[0] != state:
            self._counted = state, self._store.counts()
        return self._counted[1]

    def works(self, words: str = "") -> list[StoredWork]:
        """The works whose text is here, by title; with these words in their title if given."""
        wanted = words.split()
        return [work for work in self._store.works() if all(word in work.title for word in wanted)]

    def registry(self) -> Registry:
        """The registry that knows the imported texts too; `kb.law.cite` resolves with it."""
        return self._known()[0]

    def about(self, name: str) -> StatuteAbout:
        """A statute and its versions, with text or without."""
        work = self._work(name)
        return known.about(work, self._store.work(work.title), self._today())

    def described(self, work: StoredWork) -> StatuteAbout:
        """What `about` tells, of one of `works`."""
        return known.about(self._work(work.title), work, self._today())

    def current(self, about: StatuteAbout) -> Edition:
        """The version to show where none is named: the one in force if its text is here, else the
        newest that has begun. Raises NotFound where there is no text."""
        return known.current(about, self._today())

    # Texts

    def text(self, name: str, day: date | None = None) -> VersionText:
        """The text of a version; by default of the one in force."""
        about = self.about(name)
        edition = self._edition(about, day)
        articles = self._store.articles(about.title, edition.day)
        stored = self._store.work(about.title)
        version = next(v for v in stored.versions if v.day == edition.day) if stored else None
        return VersionText(
            about=about,
            edition=edition,
            history=version.history if version else (),
            preamble=version.preamble if version else "",
            outline=outline(articles),
            articles=articles,
        )

    def provision(self, address: str) -> ArticlePage:
        """The article of an address such as 行政处罚法@2021-07-15/art-33/para-1. Raises BadRequest
        for what is no address."""
        return self.article(parse_address(address))

    def article(self, asked: Provision) -> ArticlePage:
        """An article with what surrounds it; without a version, of the one in force."""
        about = self.about(asked.work)
        edition = self._edition(about, asked.version)
        articles = self._store.articles(about.title, edition.day)
        numbers = [article.number for article in articles]
        if asked.at.article not in numbers:
            raise NotFound(
                f"《{about.title}》（{edition.day} 起施行的版本）没有{place(asked.at) or '这一条'}"
                + (f"，共 {len(numbers)} 条" if numbers else "")
            )
        n = numbers.index(asked.at.article)
        article = articles[n]
        older, newer = self._around(about, edition, Pinpoint(article.number))
        return ArticlePage(
            about=about,
            edition=edition,
            provision=Provision(about.title, edition.day, asked.at),
            label=about.title + place(asked.at),
            article=article,
            paragraphs=paragraphs(article.text),
            span=locate(article.text, asked.at),
            before=numbers[n - 1] if n else None,
            after=numbers[n + 1] if n + 1 < len(numbers) else None,
            cited=self.cited(about.title, edition.day).get(article.number, 0),
            older=older,
            newer=newer,
        )

    def glance(self, asked: Provision) -> Article | None:
        """Only the article, for a word beside a citation; None where it is not here."""
        work = self.registry().work(asked.work)
        if work is None or asked.at.article is None:
            return None
        try:
            edition = self._edition(self.about(work.title), asked.version)
        except NotFound:
            return None
        return self._store.article(work.title, edition.day, asked.at.article)

    def cited(self, name: str, day: date) -> dict[int | str, int]:
        """How many public records cite each article of a version; those that leave the version
        open count for every version."""
        counts: dict[int | str, int] = {}
        for citing in self.citing(name):
            if citing.version in (None, day):
                counts[citing.article] = counts.get(citing.article, 0) + citing.records
        return counts

    def citing(self, name: str) -> list[Citing]:
        """How many public records cite each article, by the version they mean."""
        return self._store.citing(self._work(name).title)

    # Changes

    def compare(self, name: str, old: date, new: date) -> Comparison:
        """Two versions side by side, their changed words marked by spans."""
        about = self.about(name)
        before, after = self._edition(about, old), self._edition(about, new)
        rows = self._known()[1].rows(about.title, before.day, after.day)
        return Comparison(about, before, after, rows)

    def crosswalk(
        self, name: str, at: Pinpoint, start: date, end: date
    ) -> tuple[Correspondence, ...]:
        """What a provision of one version is in another, later or earlier: rows checked by hand
        first, else computed ones with their scores. Neither text need be here for the former."""
        return self._known()[1].follow(self._work(name).title, at, start, end)

    def check(self, citation: Citation) -> tuple[Checked, ...]:
        """Whether what a citation names is there: one answer for each version it may mean, none
        for one that is not resolved."""
        return self.checker()(citation)

    def checker(self) -> Callable[[Citation], tuple[Checked, ...]]:
        """`check` for many citations, as one text has them: what it needs of a statute is read
        once. To be used at once, since it does not see what changes later."""
        names, changes = self._known()

        @cache
        def about(work: Work) -> StatuteAbout:
            return known.about(work, self._store.work(work.title), self._today())

        @cache
        def articles(title: str, day: date) -> dict[int | str, Article]:
            return {article.number: article for article in self._store.articles(title, day)}

        sources = Sources(
            lambda edition, number: articles(edition.work, edition.day).get(number),
            changes.follow,
        )

        def one(citation: Citation) -> tuple[Checked, ...]:
            work = names.work(citation.work) if citation.work else None
            return check(citation, about(work), sources) if work else ()

        return one

    # Importing

    def dating(self) -> str:
        """The version of what decides where a text belongs; texts read under another one are
        placed anew."""
        return _registry_version()

    def known_files(self) -> dict[str, tuple[str, str]]:
        """Each imported file's origin -> (sha256, version of what read it)."""
        return self._store.known()

    def place(self, text: StatuteText) -> Placed:
        """Where a text belongs. Raises BadSource where that cannot be told."""
        return place_text(text, registry())

    def store(self, texts: Iterable[Placed], *, reader: str) -> list[Stored]:
        """Stores texts, all or none."""
        stored = self._store.put(texts, reader=reader)
        self._asked = _NEVER
        return stored

    # Searching

    @staticmethod
    def analysis() -> str:
        """The version of everything that decides how an article stands in an index."""
        said = f"{segment.version()} {STATUTE_DOCUMENT_VERSION}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def documents(self) -> Iterator[IndexDocument]:
        """Every article of every version, for an index made anew."""
        cited = self._cited_by()
        for work in self._store.works():
            for version in work.versions:
                yield from self._documents(work, version.day, cited)

    def index_changes(self, engine: Engine, progress: Callable[[int], None] | None = None) -> int:
        """Brings an index of articles up to the store; gives the number of versions changed."""
        if self._store.backlog() > _ANEW:
            return self.rebuild(engine, progress)
        changed = 0
        cited = self._cited_by() if self._store.backlog() else {}
        while waiting := self._store.waiting(_DRAIN):
            with engine.writing():
                indexed = engine.ids()
                versions = dict.fromkeys((item.work, item.day) for item in waiting)
                documents = [d for title, day in versions for d in self._version(title, day, cited)]
                stems = tuple(Provision(title, day).address() for title, day in versions)
                old = {i for i in indexed if i.partition("/")[0] in stems}
                engine.write(documents)
                engine.remove(sorted(old - {document.id for document in documents}))
                self._store.done(waiting[-1].seq)
            changed += len(versions)
            if progress:
                progress(len(documents))
        return changed

    def rebuild(self, engine: Engine, progress: Callable[[int], None] | None = None) -> int:
        """Makes the index anew; gives the number of versions in it."""
        with engine.writing():  # a change put into the old index meanwhile would be lost
            waiting = self._store.waiting(1_000_000)
            engine.rebuild(self.documents(), progress)
            if waiting:
                self._store.done(waiting[-1].seq)
        return self._store.counts().versions

    # Helpers

    def _known(self) -> tuple[Registry, Changes]:
        """Registry and comparisons, made anew when a statute changed."""
        state = self.state()
        read = self._read
        if read is None or read[0] != state:
            joined = known.joined(registry(), self._store.works())
            read = self._read = (state, joined, Changes(self._store.articles, crosswalk()))
        return read[1], read[2]

    def _work(self, name: str) -> Work:
        work = self.registry().work(name)
        if work is None:
            raise NotFound(f"没有收录名为《{name.strip('《》')}》的法规")
        return work

    def _edition(self, about: StatuteAbout, day: date | None) -> Edition:
        if day is None:
            return known.current(about, self._today())
        edition = about.edition(day)
        if edition is None or not edition.has_text:
            days = "、".join(str(e.day) for e in about.editions if e.has_text)
            here = f"已导入的版本：{days}" if days else "这部法规尚未导入全文"
            raise NotFound(f"没有《{about.title}》{day} 版本的全文；{here}")
        return edition

    def _around(
        self, about: StatuteAbout, edition: Edition, at: Pinpoint
    ) -> tuple[tuple[Correspondence, ...], tuple[Correspondence, ...]]:
        """What an article was in the version before, and is in the one after."""
        n = about.editions.index(edition)
        days = [other.day for other in about.editions]
        follow = self._known()[1].follow
        older = follow(about.title, at, edition.day, days[n - 1]) if n else ()
        newer = follow(about.title, at, edition.day, days[n + 1]) if n + 1 < len(days) else ()
        return older, newer

    def _cited_by(self) -> Mapping[str, int]:
        texts = (
            (version.work, article.text)
            for version, articles in self._store.texts()
            for article in articles
        )
        return cited_by(texts, self.registry())

    def _version(self, title: str, day: date, cited: Mapping[str, int]) -> Iterator[IndexDocument]:
        work = self._store.work(title)
        if work and any(version.day == day for version in work.versions):
            yield from self._documents(work, day, cited)

    def _documents(
        self, work: StoredWork, day: date, cited: Mapping[str, int]
    ) -> Iterator[IndexDocument]:
        newest = day == work.versions[-1].day
        number = cited.get(work.title, 0)
        shelf = Shelf(work.title, day, newest, work.kind, work.issuer, number)
        articles = self._store.articles(work.title, day)
        preamble = "" if articles else self._preamble(work.title, day)
        return version_documents(shelf, articles, preamble)

    def _preamble(self, title: str, day: date) -> str:
        whole = self._store.work(title)
        return next((v.preamble for v in whole.versions if v.day == day), "") if whole else ""


@cache
def _registry_version() -> str:
    data = resources.files("kb.data").joinpath("statutes.toml").read_bytes()
    return hashlib.sha256(data).hexdigest()[:8]
