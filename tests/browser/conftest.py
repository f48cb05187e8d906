"""A real Chromium over a real server with the bundled samples in it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ingest.pipeline import Options, ingest
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from tests.web import laws
from web.serve import server
from web.settings import OFF, Settings

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 60_000  # milliseconds: how long a slow machine may take
_REFUSED = re.compile("status of 4(00|03|09|10)")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def site(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that serves the samples."""
    home = tmp_path_factory.mktemp("kb")
    kb = KnowledgeBase.open(BaseSettings.from_environment({"KB_HOME": str(home)}))
    ingest(kb, [str(samples)], Options())
    kb.index_changes()
    yield from _served(kb)


@pytest.fixture(scope="session")
def law_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with statutes and records that cite them, see `tests.web.laws`."""
    yield from _served(laws.base(tmp_path_factory.mktemp("laws")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; `make test` installs it where it may")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A browser on a desk, in which no page may complain and nothing is fetched from elsewhere."""
    yield from _context(browser, site)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[BrowserContext]:
    yield from _context(browser, site, viewport={"width": 360, "height": 740}, has_touch=True)


@pytest.fixture
def scriptless(browser: Browser, site: str) -> Iterator[BrowserContext]:
    yield from _context(browser, site, java_script_enabled=False)


@pytest.fixture
def page(desk: BrowserContext) -> Page:
    return desk.new_page()


@pytest.fixture
def law_desk(browser: Browser, law_site: str) -> Iterator[BrowserContext]:
    yield from _context(browser, law_site)


@pytest.fixture
def law_phone(browser: Browser, law_site: str) -> Iterator[BrowserContext]:
    yield from _context(browser, law_site, viewport={"width": 360, "height": 740}, has_touch=True)


@pytest.fixture
def law_scriptless(browser: Browser, law_site: str) -> Iterator[BrowserContext]:
    yield from _context(browser, law_site, java_script_enabled=False)


def _served(kb: KnowledgeBase) -> Iterator[str]:
    serving = server(kb, "127.0.0.1", 0, 8, settings=Settings(rate_limit=OFF))
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.port}"
    serving.stop()
    thread.join(5)


def _context(
    browser: Browser, site: str, *, refusals: bool = False, **options: object
) -> Iterator[BrowserContext]:
    """A browser that must not complain. refusals: it may of answers 400, 403, 409 and 410."""
    complaints: list[str] = []
    context = browser.new_context(base_url=site, locale="en-US", **options)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type in ("error", "warning") and not (refusals and _REFUSED.search(said.text))
            else None
        ),
    )
    context.on(
        "request",
        lambda asked: None if asked.url.startswith(site) else complaints.append(asked.url),
    )
    yield context
    context.close()
    assert complaints == []
