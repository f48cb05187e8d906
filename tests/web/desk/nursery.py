"""Starts `kb serve` again and again in a moment: a process that has loaded everything waits, and
its children serve. For each port on a line of its standard input it tells the child's number, then
what `kb serve` says, and "ended" once the child is no more."""

import os
import sys
import tempfile
from pathlib import Path

from ingest.extract import Options
from ingest.pipeline import ingest
from kb.cli.serve import serve
from kb.search.request import SearchRequest
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from tests.web.desk.conftest import TEXT
from web.app import create_app
from web.settings import Settings


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        load(Path(folder))
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            assert serve.callback is not None
            serve.callback(host="127.0.0.1", port=int(line), threads=4, workers=1)
            os._exit(0)
        print(f"child {child}", flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


def load(folder: Path) -> None:
    """Does once what a server does, so that dictionaries and templates are in memory."""
    base = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(folder)}))
    page = folder / "case.txt"
    page.write_text(TEXT, "utf-8")
    ingest(base, [str(page)], Options(), publish=False)
    base.search(SearchRequest(q="行政复议"))
    base.complete("行政")
    create_app(base, settings=Settings()).test_client().get("/desk/sign-in")
    for item in base.desk.work().items:
        base.desk.failures(base.desk.draft(item.id))


if __name__ == "__main__":
    main()
