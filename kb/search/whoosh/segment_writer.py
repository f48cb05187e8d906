"""Contents of a segment written as a Whoosh segment.

Whoosh sorts postings one by one in Python, which takes most of the time of indexing; here they are
sorted already, so they are written term by term, in the blocks and with the facts about a term
that Whoosh's own writer makes (whoosh.codec.whoosh3, W3PostingsWriter and W3TermInfo).
"""

from __future__ import annotations

import zlib
from pickle import dumps
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.writing import SegmentWriter

from kb.search.whoosh.arrays.build import term_stretches
from kb.search.whoosh.arrays.contents import Contents, FieldWords
from kb.search.whoosh.arrays.postings import Postings
from kb.search.whoosh.schema import FIELDS

_BLOCK = 1024
_COMPRESSION = 1
_PICKLE = 2  # the protocol Whoosh reads


def fill(writer: SegmentWriter, contents: Contents) -> None:
    """Makes the contents the new segment of a writer to which nothing was added."""
    schema = writer.schema
    _write_records(writer, contents)
    words = {**contents.fields, "id": _id_words(contents)}
    for name in sorted(words):
        writer.fieldwriter.start_field(name, schema[name])
        _write_terms(writer.fieldwriter, words[name])
        writer.fieldwriter.finish_field()
    writer.docnum = contents.size
    writer._added = True


def _write_records(writer: SegmentWriter, contents: Contents) -> None:
    lengths = {name: contents.fields[name].lengths.tolist() for name in FIELDS}
    records = writer.perdocwriter
    for number, record_id in enumerate(contents.ids):
        records.start_doc(number)
        records.add_field("id", writer.schema["id"], record_id, None)
        for name in FIELDS:
            records.add_field(name, writer.schema[name], None, lengths[name][number])
        records.finish_doc()


def _id_words(contents: Contents) -> FieldWords:
    """Each record under its own id, in the order of ids."""
    size = contents.size
    return FieldWords(
        term_stretches(contents.ids[n] for n in contents.order.tolist()),
        Postings(np.arange(size + 1), contents.order, np.full(size, 256, dtype=np.uint16)),
        np.zeros(size, dtype=np.int32),
    )


def _write_terms(fields: Any, words: FieldWords) -> None:
    begins = words.terms.starts.tolist()
    terms = words.terms.data.tobytes()
    prefix = pack_ushort(fields._fieldid)
    file = fields._postfile
    of_terms = _Blocks(words.postings)
    for number in range(len(begins) - 1):
        begin = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        blocks = of_terms.of(number)
        for block in blocks:
            info, data = of_terms.written(block)
            size = len(info) + len(data)
            file.write_int(-size if block is blocks[-1] else size)
            file.write(info + data)
        facts = W3TermInfo._struct.pack(
            0,
            float(sum(block.often for block in blocks)),
            sum(block.end - block.begin for block in blocks),
            min(block.shortest for block in blocks),
            max(block.longest for block in blocks),
            float(max(block.greatest for block in blocks)),
            of_terms.record(blocks[0].begin),
            of_terms.record(blocks[-1].end - 1),
        )
        extent = pack_long(begin) + pack_int(file.tell() - begin)
        term = terms[begins[number] : begins[number + 1] - 1]
        fields._tindex.add(prefix + term, facts + extent)


class _Block(NamedTuple):
    """Some postings of one term, from begin to before end among all. often: how often it stands in
    their records in all; greatest: in one of them. shortest, longest: bytes of records' lengths."""

    begin: int
    end: int
    often: int
    greatest: int
    shortest: int
    longest: int


class _Blocks:
    """The blocks of all terms. What is said of each is counted for all at once: most terms stand in
    a few records, for which numpy takes longer to begin than to count."""

    def __init__(self, postings: Postings) -> None:
        sizes = np.diff(postings.starts)
        number = -(-sizes // _BLOCK)
        first = np.cumsum(number) - number
        begins = np.repeat(postings.starts[:-1], number)
        begins += _BLOCK * (np.arange(begins.size) - np.repeat(first, number))
        ends = np.minimum(begins + _BLOCK, np.repeat(postings.starts[1:], number))
        often, lengths = postings.weights >> 8, postings.weights & 255
        self._often, self._records = often, postings.records
        # Within a block only the steps from record to record are written.
        self._steps = np.diff(postings.records, prepend=postings.records.dtype.type(0))
        self._steps[begins] = postings.records[begins]
        if not begins.size:
            return
        facts = (
            begins,
            ends,
            np.add.reduceat(often, begins, dtype=np.int64),
            np.maximum.reduceat(often, begins),
            np.minimum.reduceat(lengths, begins),
            np.maximum.reduceat(lengths, begins),
        )
        self._first = [*first.tolist(), begins.size]
        self._blocks = [*map(_Block, *(fact.tolist() for fact in facts))]

    def of(self, term: int) -> list[_Block]:
        return self._blocks[self._first[term] : self._first[term + 1]]

    def record(self, posting: int) -> int:
        return int(self._records[posting])

    def written(self, block: _Block) -> tuple[bytes, bytes]:
        """What is said of a block (number of postings, last record, greatest weight, compression,
        least and greatest length), and what stands in it."""
        steps = tuple(self._steps[block.begin : block.end].tolist())
        often = self._often[block.begin : block.end]
        told = None if block.greatest == 1 else tuple(often.astype(np.float64).tolist())
        data = dumps((steps, told, None), _PICKLE)
        compression = _COMPRESSION if len(data) > 64 else 0
        if compression:
            data = zlib.compress(data, compression)
        info = (
            block.end - block.begin,
            self.record(block.end - 1),
            float(block.greatest),
            compression,
            block.shortest,
            block.longest,
        )
        return dumps(info, _PICKLE), data
