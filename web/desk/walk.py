"""The way through the drafts of a list: which list it is goes along in the address, so that the
next draft is the next one of that list, however it changes meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, request, url_for

from kb.desk import OPEN, WorkQuery
from kb.model import Status
from kb.store.worklist import Neighbour
from web.desk.session import actor
from web.knowledge import knowledge

LIST = ("stage", "whose", "batch", "q")
"""What an address says of the list."""
JOB = "job"
"""Or of the job whose drafts are looked through, in its order."""
PLACE = "at"
"""When the draft had last been worked on as the list was looked at: its place there."""


@dataclass(frozen=True, slots=True)
class Way:
    """Addresses: of the list, of the drafts before and after in it, "" where there is none."""

    back: str
    before: str
    after: str


def register(app: Flask) -> None:
    """Whatever leads from a page of a draft back to the same draft says the list again."""
    app.url_defaults(_carry)


def asked() -> dict[str, str]:
    """What the address says of the list."""
    said = {name: request.args.get(name, "").strip() for name in LIST}
    return {**said, "stage": said["stage"] if said["stage"] in set(Status) else ""}


def query(asked: dict[str, str], **page: Any) -> WorkQuery:
    """The work that is asked for. page: start and size."""
    return WorkQuery(
        stages=(Status(asked["stage"]),) if asked["stage"] else OPEN,
        assignee={"me": actor().name, "none": ""}.get(asked["whose"]),
        batch=asked["batch"] or None,
        words=asked["q"],
        **page,
    )


def way(record: str) -> Way:
    """The way on from a draft through the list that the address says."""
    if through := _through(request.args.get(JOB, 0, type=int), record):
        return through
    said = asked()
    before, after = knowledge().desk.beside(query(said), record, _at())
    back = {name: value for name, value in said.items() if value}
    return Way(url_for("desk.work.index", **back), _page(before), _page(after))


def _through(job: int, record: str) -> Way | None:
    """The way through the drafts of a job; None where it has none of that id."""
    jobs = knowledge().desk.jobs
    if not job or all(one.id != job for one in jobs.latest(actor().name)):
        return None
    ids = list(dict.fromkeys(one.record for item in jobs.items(job) for one in item.drafts))
    if record not in ids:
        return None
    place = ids.index(record)
    pages = [url_for("desk.drafts.page", record=one) for one in ids]  # each says the job again
    before, after = ["", *pages][place], [*pages, ""][place + 1]
    return Way(url_for("desk.jobs.page", job=job), before, after)


def _page(there: Neighbour | None) -> str:
    if there is None:
        return ""
    return url_for("desk.drafts.page", record=there.id, **{PLACE: there.worked.isoformat()})


def _at() -> datetime | None:
    try:
        return datetime.fromisoformat(request.args.get(PLACE, ""))
    except ValueError:
        return None


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    here = request.view_args or {}
    if "record" not in values or "record" not in here or not endpoint.startswith("desk."):
        return
    for name in (*LIST, JOB):
        if request.args.get(name):
            values.setdefault(name, request.args[name])
    if values["record"] == here["record"] and request.args.get(PLACE):
        values.setdefault(PLACE, request.args[PLACE])
