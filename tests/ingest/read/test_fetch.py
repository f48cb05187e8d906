"""Fetching: against a real server, and against addresses that must not be reached."""

from __future__ import annotations

import socket
import time

import pytest

from ingest.read import addresses
from ingest.read.fetch import Fetcher, user_agent
from kb.errors import BadSource
from tests.ingest.read.conftest import Answer, Site

PAGE = Answer("<p>案例（示例）。</p>".encode(), content_type="text/html; charset=utf-8")


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(**options: object) -> tuple[Fetcher, Clock]:
    clock = Clock()
    options = {"allow_private": True, **options}
    return Fetcher(clock=clock, sleep=clock.sleep, **options), clock  # type: ignore[arg-type]


def test_a_page_comes_with_its_type_and_address(site: Site) -> None:
    site.pages["/a.html"] = PAGE
    found = fetcher()[0].fetch(f"{site.base}/a.html#part")
    assert found.bytes == PAGE.body
    assert found.content_type == "text/html; charset=utf-8"
    assert found.url == f"{site.base}/a.html"
    assert site.paths == ["/robots.txt", "/a.html"]
    assert {agent for _, _, agent in site.seen} == {user_agent()}
    assert user_agent().startswith("chuanyu-casebase/")


def test_the_local_machine_is_refused_unless_allowed(site: Site) -> None:
    site.pages["/a.html"] = PAGE
    with pytest.raises(BadSource, match="内网、本机"):
        fetcher(allow_private=False)[0].fetch(f"{site.base}/a.html")
    assert site.seen == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_other_spellings_of_this_machine_are_refused(site: Site, host: str) -> None:
    port = site.base.rsplit(":", 1)[1]
    with pytest.raises(BadSource, match=r"内网、本机|连不上"):
        fetcher(allow_private=False)[0].fetch(f"http://{host}:{port}/a.html")
    assert site.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
        "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:7f00:1", "64:ff9b::10.0.0.1",
        "2002:7f00:1::", "::127.0.0.1", "2001:db8::1", "192.0.2.1", "198.18.0.1",
    ],
)  # fmt: skip
def test_no_address_but_public_ones(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1"]
)
def test_public_addresses(address: str) -> None:
    assert addresses.is_public(address)


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers first with a public, then with a local address gains nothing:
    there is no second question, and the Host header stays the name's."""
    port = int(site.base.rsplit(":", 1)[1])
    asked: list[str] = []

    def once(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", once)
    site.pages["/robots.txt"] = Answer(b"")
    site.pages["/a.html"] = PAGE
    with pytest.raises(BadSource, match=r"rebind\.test → 127\.0\.0\.1"):
        fetcher(allow_private=False)[0].fetch(f"http://rebind.test:{port}/a.html")
    assert asked == ["rebind.test"]
    assert site.seen == []
    asked.clear()
    fetcher()[0].fetch(f"http://rebind.test:{port}/a.html")
    # Asked for robots.txt and for the page; connecting goes to the address itself.
    assert asked == ["rebind.test", "127.0.0.1"] * 2
    assert {host for _, host, _ in site.seen} == {f"rebind.test:{port}"}


def test_redirects_are_followed_and_each_is_checked(site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": "/b.html"})
    site.pages["/b.html"] = PAGE
    assert fetcher()[0].fetch(f"{site.base}/a").url == f"{site.base}/b.html"
    site.pages["/c"] = Answer(status=301, headers={"Location": "file:///etc/passwd"})
    with pytest.raises(BadSource, match="只支持 http"):
        fetcher()[0].fetch(f"{site.base}/c")


def test_endless_redirects_end(site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": "/a"})
    with pytest.raises(BadSource, match="转了 5 次"):
        fetcher()[0].fetch(f"{site.base}/a")
    assert site.paths.count("/a") == 6


def test_a_redirect_into_the_local_network_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host counts as public for this test, the redirect's does not."""
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1" or real(ip))
    site.pages["/a"] = Answer(status=302, headers={"Location": "http://169.254.169.254/latest"})
    with pytest.raises(BadSource, match=r"169\.254\.169\.254"):
        fetcher(allow_private=False)[0].fetch(f"{site.base}/a")


def test_robots_forbids_and_allows(site: Site) -> None:
    site.pages["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /\n\nUser-agent: chuanyu-casebase\nDisallow: /no/\n"
    )
    site.pages["/yes.html"] = site.pages["/no/a.html"] = PAGE
    polite, _ = fetcher()
    assert polite.fetch(f"{site.base}/yes.html").bytes == PAGE.body
    with pytest.raises(BadSource, match=r"robots\.txt 不允许"):
        polite.fetch(f"{site.base}/no/a.html")
    assert site.paths == ["/robots.txt", "/yes.html"]  # asked once, obeyed


def test_robots_that_cannot_be_asked_means_no(site: Site) -> None:
    site.pages["/robots.txt"] = Answer(status=503)
    site.pages["/a.html"] = PAGE
    with pytest.raises(BadSource, match=r"^[^：]+：网站出错.*HTTP 503.*robots\.txt"):
        fetcher()[0].fetch(f"{site.base}/a.html")
    assert site.paths == ["/robots.txt"]


def test_one_request_a_second_to_a_host(site: Site) -> None:
    site.pages["/a.html"] = PAGE
    polite, clock = fetcher()
    polite.fetch(f"{site.base}/a.html")
    polite.fetch(f"{site.base}/a.html")
    assert clock.slept == [1.0, 1.0]  # robots.txt at once, then a second before each page


def test_a_longer_pause_asked_for_is_kept(site: Site) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 4\n")
    site.pages["/a.html"] = PAGE
    polite, clock = fetcher()
    polite.fetch(f"{site.base}/a.html")
    polite.fetch(f"{site.base}/a.html")
    assert clock.slept == [1.0, 4.0]


@pytest.mark.parametrize("declared", [True, False])
def test_a_page_over_the_limit_is_refused(site: Site, declared: bool) -> None:
    headers = {"Content-Length": "5000"} if declared else {}
    site.pages["/a.html"] = Answer(b"x" * 5000, headers=headers)
    with pytest.raises(BadSource, match="上限"):
        fetcher(limit=4000)[0].fetch(f"{site.base}/a.html")


def test_a_page_that_drips_is_given_up(site: Site) -> None:
    site.pages["/a.html"] = Answer(b"x" * 1000, drip=0.1)
    began = time.monotonic()
    with pytest.raises(BadSource, match="没有读完"):
        fetcher(seconds=0.4)[0].fetch(f"{site.base}/a.html")
    assert time.monotonic() - began < 60  # all of it would take 100


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "不存在"), (403, "拒绝"), (412, "防护"), (500, "出错"), (204, "没有")],
)
def test_errors_of_the_site_are_named(site: Site, status: int, said: str) -> None:
    site.pages["/a.html"] = Answer(status=status)
    with pytest.raises(BadSource, match=f"{said}.*HTTP {status}"):
        fetcher()[0].fetch(f"{site.base}/a.html")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.test/a", "只支持 http"),
        ("/etc/passwd", "只支持 http"),
        ("http:///a", "没有网站名"),
        ("http://user:pw@example.test/", "用户名"),
        ("http://[::1/", "写法不对"),
        ("http://nowhere.invalid/", "连不上"),
    ],
)
def test_addresses_that_are_none(url: str, said: str) -> None:
    with pytest.raises(BadSource, match=said):
        fetcher()[0].fetch(url)


def test_a_closed_door_is_named() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(BadSource, match="连不上"):
        fetcher()[0].fetch(f"http://127.0.0.1:{port}/")
