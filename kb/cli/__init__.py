"""`kb …`: the command line, where the parts are put together."""

from __future__ import annotations

import sys

import click

from kb.cli.cite import cite
from kb.cli.ingest import ingest
from kb.cli.laws import laws
from kb.cli.maintain import doctor, export, rebuild, stats
from kb.cli.search import search, show
from kb.cli.serve import serve
from kb.errors import KnowledgeBaseError


class _Main(click.Group):
    def invoke(self, context: click.Context) -> object:
        """Failures that a user can act on end with their message and 1, never with a traceback."""
        try:
            return super().invoke(context)
        except KnowledgeBaseError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:  # `kb export | head`
            sys.stderr.close()
            context.exit(0)


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chuanyu-casebase")
def main() -> None:
    """川渝行政复议案例库：导入、检索、查看、导出与维护。

    数据放在 KB_HOME（默认 index_data/）；数据库可用 KB_DATABASE_URL 另行指定。
    """


for command in (ingest, laws, search, show, cite, serve, stats, doctor, rebuild, export):
    main.add_command(command)
