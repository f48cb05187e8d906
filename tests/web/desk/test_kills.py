"""The site killed in the midst of saves and of publications, with requests under way: store, index
and audit are whole afterwards, nothing acknowledged is lost, and found is what is public."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote, urlencode

import pytest
from argon2 import PasswordHasher

from kb.accounts import Accounts, UserRole
from kb.accounts.secrets import Passwords
from kb.model import Status
from kb.service import KnowledgeBase
from kb.settings import Settings
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from tests.web.desk.conftest import PASSWORD, TEXT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and processes of POSIX")
KILLS = 25
"""In the midst of saves, and as many in the midst of publications."""
ROOT = Path(__file__).parents[3]
MASKED = TEXT.replace("店员王小明的电话为13912345678。", "")


class Site:
    """`kb serve` over a base, started anew after each kill."""

    def __init__(self, home):
        environment = {**os.environ, "KB_HOME": str(home), "KB_RATE_LIMIT": "off"}
        environment.pop("KB_DATABASE_URL", None)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.web.desk.nursery"],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._until("ready")

    def start(self):
        print(self.port, file=self._nursery.stdin, flush=True)
        self.pid = int(self._until("child ").split()[1])
        self._until("网站地址")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self._until("ended")

    def end(self):
        self._nursery.stdin.close()
        self._nursery.stdout.close()
        self._nursery.kill()
        self._nursery.wait()

    def _until(self, words):
        while words not in (line := self._nursery.stdout.readline()):
            assert line not in ("", "ended\n"), "the server ended"
        return line


class Person:
    """Someone signed in, whose cookie outlives the server."""

    def __init__(self, site, name):
        self._port, self._cookie = site.port, ""
        page = self.ask("GET", "/desk/sign-in")[1]
        self._token = re.search('name="csrf_token" value="([^"]+)"', page)[1]
        assert self.post("/desk/sign-in", name=name, password=PASSWORD) == 303
        page = self.ask("GET", "/desk/password")[1]
        self._token = re.search('name="csrf_token" value="([^"]+)"', page)[1]

    def post(self, path, **form):
        """The status; 0 where the server died first."""
        return self.ask("POST", path, urlencode({"csrf_token": self._token, **form}))[0]

    def ask(self, method, path, body=None):
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        asking = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            asking.request(method, path, body, headers)
            answer = asking.getresponse()
            said = answer.read().decode()
        except (OSError, HTTPException):
            return 0, ""
        finally:
            asking.close()
        if cookie := answer.headers.get("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        return answer.status, said

    def found(self, words):
        """How many public cases say these words."""
        said = self.ask("GET", "/api/v1/search?q=" + quote(f'"{words}"'))[1]
        return int(re.search(r'"total":(\d+)', said)[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A base with three drafts, an editor, and a second person who reviews and publishes."""
    from ingest.extract import Options
    from ingest.pipeline import ingest

    home = tmp_path_factory.mktemp("kills")
    settings = Settings.from_environment({"KB_HOME": str(home)})
    base = KnowledgeBase.open(settings)
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts = Accounts(AccountStore(open_database(settings.database_url)), cheap)
    for name, roles in (("editor", "editor"), ("second", "reviewer publisher")):
        link = accounts.add(name, [UserRole(role) for role in roles.split()])
        accounts.choose_password(link, PASSWORD)
    page = home / "case.txt"
    page.write_text(MASKED, "utf-8")
    ingest(base, [str(page)], Options(), publish=False)
    return home


@pytest.fixture(scope="module")
def site(home):
    site = Site(home)
    site.start()
    yield site
    site.end()


@pytest.fixture
def base(home):
    """The store as another process sees it; its index is left as it is found."""
    settings = Settings.from_environment({"KB_HOME": str(home)})
    return KnowledgeBase.open(settings, mend=False)


TITLE = MASKED.splitlines()[0]
MARK = re.compile(r"标记\d+号")


def marked(number):
    return MASKED.replace("三袋过期食品", f"三袋过期食品（标记{number:03d}号）")


def killed(site, ask, delay):
    """Kills the site so many seconds after a request is sent; gives its status, 0 for none."""
    status, sent = [], Event()

    def send():
        sent.set()
        status.append(ask())

    sending = Thread(target=send)
    sending.start()
    sent.wait()
    time.sleep(delay)
    site.kill()
    sending.join()
    return status[0]


def whole(home, base):
    connection = sqlite3.connect(home / "kb.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    assert base.desk.verify_audit().broken == ()


def sound(base):
    """What `kb doctor` looks at, once the server that is back has caught up."""
    end = time.monotonic() + 30
    while base.backlog() and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(base.checkup.disagreements())
    assert all(check.ok for check in base.checkup.checks())


def test_saves_are_there_whole_or_not_at_all(home, base, site):
    [record] = [item.id for item in base.desk.work().items]
    editor, lost, takes = Person(site, "editor"), 0, 0.0
    for turn in range(KILLS + 1):
        before = base.desk.draft(record)
        text = marked(turn)
        form = {"do": "words", "revision": before.revision, "title": TITLE, "text": text}

        def save(form=form):
            return editor.post(f"/desk/drafts/{record}/edit", **form)

        if turn == 0:
            takes = lasting(save)
            continue
        status = killed(site, save, takes * turn / KILLS)
        whole(home, base)
        after = base.desk.draft(record)
        said = (after.revision, after.content.text)
        assert said in ((before.revision + 1, text), (before.revision, before.content.text))
        assert status in (0, 303)
        assert status == 0 or after.revision == before.revision + 1
        lost += status == 0
        site.start()
    assert lost > KILLS // 4
    sound(base)


def test_publications_are_there_whole_or_not_at_all(home, base, site):
    [record] = [item.id for item in base.desk.work().items]
    editor, second = Person(site, "editor"), Person(site, "second")
    at, lost, takes, outcomes = f"/desk/drafts/{record}", 0, 0.0, set()
    for turn in range(KILLS + 1):
        public = base.desk.draft(record)
        if public.stage is not Status.APPROVED:
            form = {"do": "words", "title": TITLE, "text": marked(100 + turn)}
            assert editor.post(f"{at}/edit", revision=public.revision, **form) == 303
            step = {"revision": base.desk.draft(record).revision}
            assert editor.post(f"{at}/steps/submit", **step) == 303
            assert second.post(f"{at}/steps/approve", **step) == 303
        waiting = base.desk.draft(record)
        step = {"revision": waiting.revision, "note": "更正（示例）"}

        def publish(step=step):
            return second.post(f"{at}/steps/publish", **step)

        if turn == 0:
            takes = lasting(publish)
            continue
        status = killed(site, publish, takes * turn / KILLS)
        whole(home, base)
        after = base.desk.draft(record)
        assert after.status is Status.PUBLISHED
        done = after.stage is Status.PUBLISHED
        assert after.public == (waiting.revision if done else waiting.public)
        assert status in (0, 303)
        assert done or status == 0
        site.start()
        old, new = (
            MARK.search(base.desk.revision(record, n).text)[0]
            for n in (waiting.public, waiting.revision)
        )
        assert (second.found(old), second.found(new)) == ((0, 1) if done else (1, 0))
        lost += status == 0
        outcomes.add(done)
    assert lost > KILLS // 4
    assert outcomes == {True, False}
    sound(base)


def lasting(ask):
    """How long a request takes that nothing interrupts, in seconds."""
    began = time.monotonic()
    assert ask() == 303
    return time.monotonic() - began
