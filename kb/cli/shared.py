"""What the commands share: opening the base, printing answers, showing progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from pydantic import BaseModel
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from kb.settings import Settings

if TYPE_CHECKING:
    from kb.service import KnowledgeBase

console = Console()
# Progress and remarks go to standard error, so that what is printed can be piped.
remarks = Console(stderr=True)

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


def open_base() -> KnowledgeBase:
    """The base that the environment names; an index that must be made anew shows its progress."""
    from kb.service import KnowledgeBase  # loaded late: not every command needs a base

    with progress_bar("建立索引", None) as advance:
        return KnowledgeBase.open(Settings.from_environment(), advance)


def print_json(answer: BaseModel) -> None:
    click.echo(answer.model_dump_json(indent=2))


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/秒" if task.speed else "", style="progress.data.speed")


def new_progress() -> Progress:
    """A bar on standard error with count, rate and time left, gone when it is done."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=remarks,
        transient=True,
        disable=not remarks.is_terminal,
    )


@contextmanager
def progress_bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar, once there is something to show; gives a function that is called with how many more
    are done."""
    with new_progress() as progress:
        task = progress.add_task(what, total=total, visible=False)

        def advance(count: int) -> None:
            progress.update(task, advance=count, visible=True)

        yield advance
