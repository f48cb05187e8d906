"""What works the jobs of this process, and the files that wait for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Flask, current_app

from kb.desk.runner import Runner
from kb.store.job import Done, Task
from web.desk import rows, taking
from web.desk.session import actor
from web.desk.uploads import Uploads
from web.settings import Settings

if TYPE_CHECKING:
    from kb.service import KnowledgeBase


def register(app: Flask, settings: Settings) -> None:
    """Readies it; `wake` starts it. The site's pages know which jobs of their reader are
    running."""
    kb: KnowledgeBase = app.extensions["knowledge"]
    kept = Uploads(settings.uploads)

    def read(task: Task) -> Done:
        from web.desk.reading import read  # the readers of files take a while to load

        return read(kb, kept, task)

    def after(task: Task) -> None:
        if "file" in task.data:
            kept.remove(task.data["file"])
            kept.sweep(one.get("folder", "") for one in kb.desk.jobs.queue.unfinished())

    kinds = {taking.KIND: read, rows.KIND: partial(rows.save, kb)}
    app.extensions["uploads"] = kept
    app.extensions["jobs"] = Runner(kb.desk.jobs.queue, kinds, after)
    app.jinja_env.globals["running_jobs"] = lambda: kb.desk.jobs.running(actor().name)


def uploads() -> Uploads:
    """Where files wait until they are read."""
    kept: Uploads = current_app.extensions["uploads"]
    return kept


def wake() -> None:
    """Sees to it that what is left to do gets done."""
    runner: Runner = current_app.extensions["jobs"]
    runner.wake()
