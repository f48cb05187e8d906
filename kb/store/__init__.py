"""The store: the database is the truth, everything else is derived from it."""

from kb.store.audit import Action, Entry, Verdict
from kb.store.database import Database, open_database
from kb.store.queue import QueueAction, QueueItem
from kb.store.reading import Batch, Facts, Link
from kb.store.repository import Repository
from kb.store.revisions import Revision
from kb.store.submit import Submitted

__all__ = [
    "Action",
    "Batch",
    "Database",
    "Entry",
    "Facts",
    "Link",
    "QueueAction",
    "QueueItem",
    "Repository",
    "Revision",
    "Submitted",
    "Verdict",
    "open_database",
]
