"""tantivy through its Python binding: facets are terms aggregations over fast fields."""

from __future__ import annotations

from pathlib import Path

import tantivy

from tests.bench.filing import FACETS, filing
from tests.bench.search.peer import Answer, Counts, Entrant, Question
from tests.bench.words import Corpus

_HEAP = 1_000_000_000
_THREADS = 2
_AGGREGATIONS = {
    name.value: {"terms": {"field": name.value, "size": 1_000, "segment_size": 1_000}}
    for name in FACETS
}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="words", index_option="position")
    for name in FACETS:
        builder.add_text_field(name.value, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("words", words)
    return index


def build(folder: Path, corpus: Corpus) -> None:
    index = _register(tantivy.Index(_schema(), path=str(folder)))
    writer = index.writer(heap_size=_HEAP, num_threads=_THREADS)
    for number, words in enumerate(corpus.all_words()):
        values = {name.value: list(found) for name, found in filing(number).values.items()}
        writer.add_document(tantivy.Document(body=" ".join(words), **values))
    writer.commit()
    writer.wait_merging_threads()


class Tantivy:
    def __init__(self, folder: Path, documents: int) -> None:
        self._index = _register(tantivy.Index.open(str(folder)))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        if self._searcher.num_docs != documents:
            raise SystemExit(f"tantivy holds {self._searcher.num_docs} documents")

    def ask(self, question: Question) -> Answer:
        query = self._query(question)
        found = self._searcher.search(query, limit=10, count=True)
        counts = self._counts(query) if question.facets else None
        shown = 0
        if question.passages:
            snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "body")
            snippets.set_max_num_chars(150)
            for _, address in found.hits:
                snippet = snippets.snippet_from_doc(self._searcher.doc(address))
                shown += "<b>" in snippet.to_html()
        return Answer(found.count, counts, shown)

    def _query(self, question: Question) -> tantivy.Query:
        if question.quoted:
            query = tantivy.Query.phrase_query(self._schema, "body", list(question.words))
        else:
            occur = tantivy.Occur.Must if question.every else tantivy.Occur.Should
            terms = [(occur, self._term("body", word)) for word in question.words]
            query = tantivy.Query.boolean_query(terms)
        if question.region:
            region = tantivy.Query.const_score_query(self._term("region", question.region), 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, region)]
            )
        return query

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value)

    def _counts(self, query: tantivy.Query) -> Counts:
        found = self._searcher.aggregate(query, _AGGREGATIONS)
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in found[name.value]["buckets"]}
            for name in FACETS
        }


ENTRANT = Entrant("tantivy", Tantivy, build, "facets by aggregations over fast fields")
