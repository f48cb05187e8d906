"""Contents of a segment written as a Whoosh segment.

Whoosh sorts postings one by one in Python, which takes most of the time of indexing; here they are
sorted already, so they are written term by term, in the blocks and with the facts about a term
that Whoosh's own writer makes (whoosh.codec.whoosh3, W3PostingsWriter and W3TermInfo).
"""

from __future__ import annotations

import zlib
from pickle import dumps
from typing import Any

import numpy as np
from numpy.typing import NDArray
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
    for number in range(len(begins) - 1):
        records, weights = words.postings.of(number)
        often, lengths = weights >> 8, weights & 255
        begin = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        for low in range(0, records.size, _BLOCK):
            high = min(low + _BLOCK, records.size)
            block = _block(records[low:high], often[low:high], lengths[low:high])
            info, data = block
            size = len(info) + len(data)
            file.write_int(-size if high == records.size else size)
            file.write(info + data)
        facts = W3TermInfo._struct.pack(
            0,
            float(often.sum()),
            records.size,
            int(lengths.min()),
            int(lengths.max()),
            float(often.max()),
            int(records[0]),
            int(records[-1]),
        )
        extent = pack_long(begin) + pack_int(file.tell() - begin)
        term = terms[begins[number] : begins[number + 1] - 1]
        fields._tindex.add(prefix + term, facts + extent)


def _block(
    records: NDArray[Any], often: NDArray[Any], lengths: NDArray[Any]
) -> tuple[bytes, bytes]:
    """What stands in a block, and what is said of it: number of postings, last record, greatest
    weight, compression, least and greatest length."""
    steps = np.diff(records, prepend=records.dtype.type(0)).tolist()
    greatest = int(often.max())
    told = None if greatest == 1 else tuple(often.astype(np.float64).tolist())
    data = dumps((tuple(steps), told, None), _PICKLE)
    compression = _COMPRESSION if len(data) > 64 else 0
    if compression:
        data = zlib.compress(data, compression)
    info = (
        records.size,
        int(records[-1]),
        float(greatest),
        compression,
        int(lengths.min()),
        int(lengths.max()),
    )
    return dumps(info, _PICKLE), data
