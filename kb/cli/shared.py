"""What the commands share: opening the base, printing answers, showing progress."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
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

# Where nobody watches, tables are as wide as what stands in them, so that lines can be searched.
_UNBOUNDED = 100_000

console = Console(width=None if sys.stdout.isatty() else _UNBOUNDED)
# Progress and remarks go to standard error, so that what is printed can be piped.
remarks = Console(stderr=True)

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


def open_base(*, mend: bool = True) -> KnowledgeBase:
    """The base that the environment names; an index that must be made anew shows its progress.
    mend: False leaves the index as it is found."""
    from kb.service import KnowledgeBase  # loaded late: not every command needs a base

    settings = settings_with_home()
    with progress_bar("建立索引", None) as advance:
        return KnowledgeBase.open(settings, advance, mend=mend)


def settings_with_home() -> Settings:
    """What the environment says; tells of a folder that had to be made."""
    settings = Settings.from_environment()
    if settings.make_home():
        remark(f"新建了案例库文件夹 {settings.home}（由环境变量 KB_HOME 指定）")
    return settings


def tell(text: str | Text, style: str = "") -> None:
    """Prints a line as it is: what is piped is broken into lines by nobody, and no brackets in it
    are taken for styles."""
    console.print(Text(text, style) if isinstance(text, str) else text, soft_wrap=True)


def remark(text: str, style: str = "") -> None:
    """The same on standard error."""
    remarks.print(Text(text, style), soft_wrap=True)


def doer() -> str:
    """Who sits at the machine, for the audit."""
    try:
        return f"kb:{getpass.getuser()}"
    except (KeyError, OSError):  # no such user on this machine
        return "kb"


class _Words(click.types.StringParamType):
    """Text; a shell may hand over bytes that are none."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            self.fail("不是有效的 UTF-8 文字，请检查终端的编码", param, ctx)
        return value


WORDS = _Words()


def check_report(path: Path | None) -> None:
    """Ends with a usage error where a report could not be written after the work is done."""
    if path is None:
        return
    there = path.exists()
    try:
        path.open("ab").close()
        if not there:
            path.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise click.UsageError(f"--report：无法写入 {path}（{reason}）") from error


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
