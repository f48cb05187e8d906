"""Contents of a segment written as a Whoosh segment.

Whoosh sorts postings one by one in Python, which takes most of the time of indexing; here they are
sorted already, so they are written term by term, in the blocks and with the facts about a term
that Whoosh's own writer makes (whoosh.codec.whoosh3, W3PostingsWriter and W3TermInfo).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import pairwise
from pickle import dumps
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.writing import SegmentWriter

from kb.search.whoosh.arrays.build import term_stretches
from kb.search.whoosh.arrays.contents import Contents, FieldWords
from kb.search.whoosh.arrays.postings import Positions, Postings
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
    place = file.tell()
    for number, (facts, data) in enumerate(_written(words.postings)):
        file.write(data)
        term = terms[begins[number] : begins[number + 1] - 1]
        fields._tindex.add(prefix + term, facts + pack_long(place) + pack_int(len(data)))
        place += len(data)


class _Stretch(NamedTuple):
    """Some postings of one term, from begin to before end among all. often: how often it stands in
    their records in all; greatest: in one of them. shortest, longest: bytes of records' lengths.
    first, last: records."""

    begin: int
    end: int
    often: int
    greatest: int
    shortest: int
    longest: int
    first: int
    last: int


def _written(postings: Postings) -> Iterator[tuple[bytes, bytes]]:
    """What is said of each term, and its blocks, each after its size, which is negative where no
    other follows. What takes counting is counted for all terms at once: most stand in a few
    records, for which numpy takes longer to begin than to count."""
    sizes = np.diff(postings.starts)
    number = -(-sizes // _BLOCK)
    first = np.cumsum(number) - number
    begins = np.repeat(postings.starts[:-1], number)
    begins += _BLOCK * (np.arange(begins.size) - np.repeat(first, number))
    often = postings.weights >> 8
    # Within a block only the steps from record to record are written.
    steps = np.diff(postings.records, prepend=postings.records.dtype.type(0))
    steps[begins] = postings.records[begins]
    blocks = _stretches(postings, begins)
    bounds = pairwise([*first.tolist(), len(blocks)])
    for term, (low, high) in zip(_stretches(postings, postings.starts[:-1]), bounds, strict=True):
        pieces = [WHOOSH3_HEADER_MAGIC]
        for block in blocks[low:high]:
            piece = _block(block, steps, often)
            pieces += pack_int(len(piece) if block.end < term.end else -len(piece)), piece
        facts = W3TermInfo._struct.pack(
            0,
            float(term.often),
            term.end - term.begin,
            term.shortest,
            term.longest,
            float(term.greatest),
            term.first,
            term.last,
        )
        yield facts, b"".join(pieces)


def _stretches(postings: Postings, begins: Positions) -> list[_Stretch]:
    """All postings, parted where stretches begin."""
    if not begins.size:
        return []
    ends = np.append(begins[1:], postings.records.size)
    often, lengths = postings.weights >> 8, postings.weights & 255
    facts = (
        begins,
        ends,
        np.add.reduceat(often, begins, dtype=np.int64),
        np.maximum.reduceat(often, begins),
        np.minimum.reduceat(lengths, begins),
        np.maximum.reduceat(lengths, begins),
        postings.records[begins],
        postings.records[ends - 1],
    )
    return [*map(_Stretch, *(fact.tolist() for fact in facts))]


def _block(block: _Stretch, steps: NDArray[Any], often: NDArray[Any]) -> bytes:
    """What is said of a block (number of postings, last record, greatest weight, compression,
    least and greatest length), and what stands in it."""
    of_all = tuple(steps[block.begin : block.end].tolist())
    told = None
    if block.greatest > 1:
        told = tuple(often[block.begin : block.end].astype(np.float64).tolist())
    data = dumps((of_all, told, None), _PICKLE)
    compression = _COMPRESSION if len(data) > 64 else 0
    if compression:
        data = zlib.compress(data, compression)
    info = (
        block.end - block.begin,
        block.last,
        float(block.greatest),
        compression,
        block.shortest,
        block.longest,
    )
    return dumps(info, _PICKLE) + data
