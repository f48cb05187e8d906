"""What the outside may ask of the knowledge base: search, read, submit, rebuild, check."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from importlib import resources

from kb import chain, cited
from kb.accounts import TOTP, Accounts
from kb.answers import (
    CaseAnswer,
    CaseLink,
    CitationsAnswer,
    CompletionAnswer,
    CorrectionAnswer,
    Facet,
    Overview,
    RelatedRecord,
    SearchAnswer,
    SimilarAnswer,
    SimilarCase,
)
from kb.checkup import Check, Checkup
from kb.desk import Desk
from kb.digest import digest
from kb.errors import IndexUnavailable
from kb.model import Case, Content, Source
from kb.record import case_answer
from kb.seal import Seal
from kb.search.cards import cards
from kb.search.complete import Completer
from kb.search.document import DOCUMENT_VERSION
from kb.search.documents import index_documents
from kb.search.engine import Engine, IndexDocument
from kb.search.facets import facet
from kb.search.find import Finder
from kb.search.hits import case_hits
from kb.search.kinds import of_statutes, with_kind
from kb.search.query import Everything
from kb.search.request import SHOWN_FACETS, FacetName, SearchRequest, Sort
from kb.search.similar import SimilarCases
from kb.search.survey import Survey
from kb.search.turns import Turns
from kb.search.whoosh.engine import WhooshEngine
from kb.settings import Settings
from kb.statutes import StatuteBook
from kb.statutes.hits import statute_hits
from kb.statutes.offers import offers
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from kb.store.desk import DeskStore
from kb.store.originals import Vault
from kb.store.reading import Batch, Link
from kb.store.repository import Repository
from kb.store.statutes import StatuteStore
from kb.store.submit import Submitted
from kb.text import segment

_DRAIN = 200
_EVERYTHING = 10_000_000
# So many articles are indexed while one waits for the base to open; more take minutes.
_AT_ONCE = 1_000
_DATA = resources.files("kb") / "data"
# The files of kb/data that say under which values a record is filed.
_FILING = (
    *("regions.csv", "areas.toml", "place_words.toml", "organs.toml"),
    *("acts.toml", "issues.toml", "outcomes.toml"),
)


def analysis_version() -> str:
    """The version of everything that decides how a record stands in an index: folding, words,
    dictionary, and the places and taxonomies it is filed under. Another one means that the index is
    made anew."""
    filing = digest(tuple(_DATA / name for name in _FILING))
    said = f"{segment.version()} {DOCUMENT_VERSION} {filing}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


class KnowledgeBase:
    """Store and index as one. Safe to share between threads. survey: how many of what there are;
    statutes: their texts and versions, which have an index of their own, so that articles do not
    weigh on the ranking of cases, nor their number on every count. desk, accounts: of those who
    enter, check and publish."""

    def __init__(
        self,
        store: Repository,
        engine: Engine,
        statutes: StatuteBook,
        statute_engine: Engine,
        desk: DeskStore,
        accounts: Accounts,
    ) -> None:
        self._store = store
        self._engine = engine
        self._statute_engine = statute_engine
        offered = partial(offers, statutes)
        self._cases = Finder(engine, partial(case_hits, cards(store)), offered)
        self._articles = Finder(statute_engine, partial(statute_hits, statutes), offered)
        self._turns = Turns()
        self.survey = Survey(engine)
        self._completer = Completer(self.survey, store.dockets)
        self._similar = SimilarCases(engine, store, statutes.registry)
        self.statutes = statutes
        self._analysis = analysis_version()
        self.checkup = Checkup(store, engine, self._analysis)
        self.desk = Desk(desk, self.index_changes, registry=statutes.registry)
        self.accounts = accounts

    @classmethod
    def open(
        cls,
        settings: Settings,
        progress: Callable[[int], None] | None = None,
        *,
        mend: bool = True,
    ) -> KnowledgeBase:
        """Opens or creates store and index; an index that is absent, damaged or of another version
        is made anew from the store. progress: called with the records indexed, if that happens.
        mend: False leaves the index as it is found, to be looked at."""
        settings.make_home()
        database = open_database(settings.database_url)
        opened = cls(
            Repository(database),
            WhooshEngine(settings.index, analysis_version()),
            StatuteBook(StatuteStore(database)),
            WhooshEngine(settings.statute_index, StatuteBook.analysis()),
            DeskStore(
                database,
                Vault(
                    settings.key_of_originals if settings.originals else None,
                    settings.has_key_of_originals,
                ),
            ),
            Accounts(AccountStore(database), seal=Seal(settings.secret, TOTP)),
        )
        if not mend:
            return opened
        opened.accounts.seal_secrets()
        try:
            opened._engine.stats()
        except IndexUnavailable:
            opened.rebuild(progress)
        opened.index_changes(progress)
        opened.desk.duplicates.prepare(most=_AT_ONCE // 5)
        if opened.statutes.counts().articles <= _AT_ONCE:
            opened.index_statutes()
        return opened

    def search(self, request: SearchRequest, *, explained: bool = True) -> SearchAnswer:
        """Cases, or articles of statutes where the kind asked for is theirs. explained: whether to
        say what the scores are made of. Raises BadRequest for a cursor that belongs to another
        search."""
        request = with_kind(request)
        of_articles = of_statutes(request)
        if of_articles and not self.statutes_are_indexed():
            raise IndexUnavailable("法规条文的索引正在建立，请稍候；也可运行 kb laws index")
        with self._turns.one():
            finder = self._articles if of_articles else self._cases
            return finder.answer(request, explained=explained)

    def complete(self, typed: str) -> CompletionAnswer:
        """What the last sign of a search box may become, see `kb.search.complete`."""
        return self._completer.complete(typed)

    def completion_state(self) -> str:
        """A tag that changes whenever a completion could."""
        return f"{self._completer.state()}.{self._analysis}"

    def case(self, record_id: str) -> Case:
        """A published record. Raises NotFound, or Withdrawn with the reason."""
        return self._store.case(record_id)

    def answer(self, case: Case) -> CaseAnswer:
        """A record with its labels, as the API gives it."""
        corrections = (
            CorrectionAnswer(one.revision, one.at, one.note)
            for one in self.desk.corrections(case.id)
        )
        return case_answer(case, corrections)

    def neighbours(self, case: Case) -> tuple[CaseLink | None, CaseLink | None]:
        """The published records before and after this one in its batch."""
        before, after = self._store.neighbours(case)
        return _link(before), _link(after)

    def related(self, case: Case) -> tuple[RelatedRecord, ...]:
        """The records of the same dispute, joined by their numbers, in the order of proceedings."""
        return chain.related(case, self._store)

    def similar(self, case: Case) -> SimilarAnswer:
        """The cases like a record in facts, issue and law. Raises IndexUnavailable."""
        return self._similar.to_case(case, partial(self.related, case))

    def similar_to(self, text: str) -> SimilarAnswer:
        """The cases like a text, of which nothing is kept. Raises IndexUnavailable."""
        return self._similar.to_text(text)

    def likeness(self, case: Case, other: Case) -> SimilarCase:
        """How like a record another is, however little. Raises IndexUnavailable."""
        return self._similar.between(case, other)

    def citations(self, text: str, decided: date | None = None) -> CitationsAnswer:
        """What a text cites, and how many records cite it too. Nothing of the text is kept."""
        found = self._engine.search(
            Everything(),
            {},
            sort=Sort.NEWEST,
            start=0,
            after=None,
            size=0,
            facets=(FacetName.STATUTE,),
        )
        return cited.checked(text, decided, self.statutes, found.counts[FacetName.STATUTE])

    def published(self) -> Iterator[CaseAnswer]:
        """Every published record, one after another."""
        return (self.answer(case) for case in self._store.all_published())

    def overview(self) -> Overview:
        """What is in the base."""
        facts = self._store.facts()
        return Overview(
            records=facts.records,
            articles=self.statutes.counts().articles,
            by_kind={kind.value: count for kind, count in facts.by_kind.items()},
            newest_batch=facts.newest_batch,
            newest_published=facts.newest_published,
            updated=self._engine.stats().updated,
        )

    def batches(self) -> list[Batch]:
        """The batches that have published records, newest first."""
        return self._store.batches()

    def entries(self) -> list[Facet]:
        """Every facet counted over everything, to enter the base by."""
        found = self._engine.search(
            Everything(), {}, sort=Sort.NEWEST, start=0, after=None, size=0, facets=SHOWN_FACETS
        )
        return [facet(name, found.counts[name], frozenset()) for name in SHOWN_FACETS]

    def state(self) -> str:
        """A tag that changes whenever an answer could."""
        return f"{self._engine.state()}.{self._analysis}.{self.statutes.state()}"

    # What an ingest needs (`ingest.pipeline.Keeper`).

    def known(self, origin: str) -> tuple[str, str] | None:
        """The hash and the parser's version of what was last read from an origin."""
        return self._store.known(origin)

    def same_bytes(self, sha256: str) -> str | None:
        """An origin that held the same bytes."""
        return self._store.same_bytes(sha256)

    def unpublished(self, origin: str) -> tuple[str, ...]:
        """The records of an origin that the desk has as drafts."""
        return self._store.unpublished(origin)

    def submit(
        self,
        source: Source,
        contents: tuple[Content, ...],
        *,
        parser: str,
        publish: bool,
        by: str = "import",
    ) -> Submitted:
        """Stores what was read of a source; published records await `index_changes`. by: a person
        who brought it in counts as one who edited the drafts."""
        return self._store.submit(source, contents, parser=parser, publish=publish, by=by)

    def withdraw(self, record_id: str, reason: str, by: str) -> None:
        """Takes a record out of sight, leaving its reason."""
        self._store.withdraw(record_id, reason, by)
        self.index_changes()

    def backlog(self) -> int:
        """How many changes are not in the index yet."""
        return self._store.backlog()

    def index_changes(self, progress: Callable[[int], None] | None = None) -> int:
        """Brings the index up to the store; gives the number of records changed. A change leaves
        the queue only once it is in the index, so that one lost on the way is made again; a record
        that cannot be indexed is set aside and logged, and `kb doctor` names it."""
        changed = 0
        while self._store.backlog():
            with self._engine.writing():
                waiting = self._store.pending(_DRAIN)
                ids = list(dict.fromkeys(item.record_id for item in waiting))
                cases = self._store.cases(ids)
                documents = list(index_documents(cases, len(cases)))
                self._engine.write(documents)
                # What is no longer public goes, and so does what cannot be indexed as it is now.
                self._engine.remove(sorted(set(ids) - {document.id for document in documents}))
                if waiting:
                    self._store.done(waiting[-1].seq)
            changed += len(ids)
            if progress:
                progress(len(waiting))
        return changed

    def statute_check(self) -> Check:
        """Whether articles can be found; texts without an index are found by their names only."""
        articles = self.statutes.counts().articles
        indexed = not articles or self.statutes_are_indexed()
        hint = "" if indexed else "，尚未建立索引或索引已过时，请运行 kb laws index"
        return Check("法规条文索引", indexed, f"{articles} 条{hint}")

    def statutes_are_indexed(self) -> bool:
        """Whether there is an index of the articles, if there are any."""
        try:
            return self._statute_engine.stats().documents > 0 or not self.statutes.counts().articles
        except IndexUnavailable:
            return False

    def index_statutes(self, progress: Callable[[int], None] | None = None) -> int:
        """Brings the index of articles up to the texts; gives the number of versions changed."""
        try:
            self._statute_engine.stats()
        except IndexUnavailable:
            return self.statutes.rebuild(self._statute_engine, progress)
        return self.statutes.index_changes(self._statute_engine, progress)

    def rebuild(self, progress: Callable[[int], None] | None = None) -> None:
        """Makes the index anew from the store, beside the old one, which goes on answering."""
        documents = index_documents(self._store.all_published(), self._store.count())
        held: list[int] = []

        def catch_up(indexed: Mapping[str, int]) -> tuple[list[IndexDocument], list[str]]:
            held.extend(item.seq for item in self._store.pending(_EVERYTHING)[-1:])
            return self._changed_since(indexed)

        self._engine.rebuild(documents, progress, catch_up)
        if held:
            self._store.done(held[0])
        self.index_changes()

    def _changed_since(self, indexed: Mapping[str, int]) -> tuple[list[IndexDocument], list[str]]:
        """What an index made anew lacks of the changes made meanwhile, and has too much."""
        stored = self._store.published_revisions()
        changed = [i for i, revision in stored.items() if indexed.get(i) != revision]
        cases = self._store.cases(changed)
        return list(index_documents(cases, len(cases))), sorted(indexed.keys() - stored.keys())


def _link(link: Link | None) -> CaseLink | None:
    return CaseLink(id=link.id, title=link.title) if link else None
