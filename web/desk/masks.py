"""The privacy findings of a draft by the names of its failures, so that one can be masked alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import gettext

from ingest.check.findings import MASKABLE, Finding
from ingest.check.masking import mask
from kb.errors import BadRequest
from kb.model import Content
from web.desk import gates
from web.knowledge import knowledge


def findings(record: str, content: Content) -> dict[str, Finding]:
    """What stands open in a content, by the key of its failure."""
    desk = knowledge().desk
    secret, source = f"{desk.secret} {record}", desk.source(record)
    found = gates.findings(content, "" if source.shown else source.origin)
    return {gates.key(one, secret): one for one in found}


def proposed(found: Mapping[str, Finding]) -> dict[str, str]:
    """What could stand instead of each finding in the record, "" where nothing is proposed."""
    return {
        name: one.mask or ""
        for name, one in found.items()
        if any(place.field in MASKABLE for place in one.places)
    }


def mask_one(record: str, content: Content, name: str, instead: str) -> Content:
    """The content with one finding masked wherever it stands. instead: what to put there, "" for
    what is proposed. Raises BadRequest where it is gone by now, or nothing is to be put there."""
    finding = findings(record, content).get(name)
    if finding is None:
        raise BadRequest("key", gettext("这一处已经不在了，请刷新后再试"))
    wanted = instead.strip() or finding.mask
    if not wanted or wanted == finding.quote:
        raise BadRequest("instead", gettext("请写明改成什么"))
    return mask(content, [replace(finding, mask=wanted)]).content
