"""`kb …`: the command line, where the parts are put together."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from kb.errors import KnowledgeBaseError

# Each command and the module here that holds it under its own name. It is loaded when it is called:
# the libraries of some take seconds.
COMMANDS = {
    "ingest": "ingest",
    "laws": "laws",
    "search": "search",
    "show": "search",
    "similar": "similar",
    "cite": "cite",
    "check": "check",
    "serve": "serve",
    "stats": "maintain",
    "doctor": "maintain",
    "rebuild": "maintain",
    "export": "maintain",
    "user": "accounts",
    "token": "accounts",
    "audit": "audit",
}


class _Main(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own form
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"kb.cli.{COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

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
