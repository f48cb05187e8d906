"""Pages from the web: politely, within limits, and from public addresses only."""

from __future__ import annotations

import builtins
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from ingest.read.addresses import Refused
from ingest.read.transport import Deadline, PinnedTransport
from kb.errors import BadSource

AGENT = "chuanyu-casebase"
"""The name under which robots.txt may address us."""

LIMIT = 20_000_000
"""Bytes of a page, unpacked."""

SECONDS = 30.0
"""For one page, redirects included, waiting for our turn left out."""

_REDIRECTS = 5
_INTERVAL = 1.0
_SLOWEST = 30.0
_CONNECT = httpx.Timeout(SECONDS, connect=10.0)
_ROBOTS_LIMIT = 512_000
_WAY_OUT = "可以用浏览器打开后另存为网页（HTML），再导入文件"
_STATUS = {
    401: "需要登录",
    403: "网站拒绝访问",
    404: "网页不存在，请核对网址",
    410: "网页已被删除",
    412: "网站的防护拒绝了程序访问",
    429: "网站说访问太频繁，请过一会儿再试",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. url: where it was found in the end, after redirects."""

    bytes: builtins.bytes
    content_type: str
    url: str


@cache
def user_agent() -> str:
    """How we introduce ourselves: the project, its version and what it is."""
    try:
        number = version(AGENT)
    except PackageNotFoundError:
        number = "dev"
    return f"{AGENT}/{number} (+Sichuan-Chongqing administrative reconsideration casebase)"


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The page at an address, by the fetcher all callers of a process share.

    Raises BadSource; see `Fetcher.fetch`.
    """
    return _shared(allow_private).fetch(url)


class Fetcher:
    """Fetches pages, one request a second to each host, asking each host's robots.txt once.

    allow_private: reach the local network too, for sites within an office.
    clock, sleep: as of the time module, for tests that do not wait. May be used by many threads.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        seconds: float = SECONDS,
        limit: int = LIMIT,
    ) -> None:
        self._allow_private = allow_private
        self._clock = clock
        self._sleep = sleep
        self._seconds = seconds
        self._limit = limit
        self._next: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._robots: dict[str, Protego | BadSource] = {}
        self._lock = threading.Lock()

    def fetch(self, url: str) -> Fetched:
        """The page at `url`, at most five redirects on, each checked as the first address was.

        Raises BadSource where the address is no public http(s) one, robots.txt forbids it or
        cannot be asked, the page is larger than 20 MB or takes more than 30 seconds, or the site
        answers with an error.
        """
        origin = url
        deadline = Deadline(self._seconds)
        for _ in range(_REDIRECTS + 1):
            url = _checked(url, origin)
            self._ask_robots(url, origin, deadline)
            answer = self._request(url, origin, deadline, self._limit)
            if answer.location is None:
                if answer.status != 200:
                    raise BadSource(origin, _refusal(answer.status))
                return Fetched(answer.body, answer.content_type, url)
            url = urljoin(url, answer.location)
        raise BadSource(origin, f"网址转了 {_REDIRECTS} 次还没有到，请核对网址")

    def _ask_robots(self, url: str, origin: str, deadline: Deadline) -> None:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._robots.get(site)
        if known is None:
            known = self._read_robots(site, origin, deadline)
            with self._lock:
                self._robots[site] = known
                if isinstance(known, Protego):
                    delay = float(known.crawl_delay(AGENT) or 0)
                    self._pauses[_host(url)] = min(_SLOWEST, max(_INTERVAL, delay))
        if isinstance(known, BadSource):
            raise BadSource(origin, known.reason)
        if not known.can_fetch(url, AGENT):
            raise BadSource(origin, f"该网站的 robots.txt 不允许程序访问这个网址。{_WAY_OUT}")

    def _read_robots(self, site: str, origin: str, deadline: Deadline) -> Protego | BadSource:
        """The rules of a site: none where it has no robots.txt (4xx, RFC 9309 2.3.1.3), a refusal
        where it cannot be reached (2.3.1.4)."""
        url = f"{site}/robots.txt"
        try:
            for _ in range(_REDIRECTS + 1):
                url = _checked(url, origin)
                answer = self._request(url, origin, deadline, _ROBOTS_LIMIT, cut=True)
                if answer.location is None:
                    break
                url = urljoin(url, answer.location)
        except BadSource as bad:
            return BadSource(
                origin, f"{bad.reason}（在读该网站的 robots.txt 时；读不到它，就不访问网页）"
            )
        if answer.status == 429 or answer.status >= 500:
            said = _refusal(answer.status)
            return BadSource(origin, f"{said}（读不到该网站的 robots.txt，因此没有访问网页）")
        rules = answer.body.decode("utf-8", errors="replace") if answer.status == 200 else ""
        return Protego.parse(rules)

    def _request(
        self, url: str, origin: str, deadline: Deadline, limit: int, *, cut: bool = False
    ) -> _Answer:
        deadline.extend(self._wait(_host(url)))
        transport = PinnedTransport(allow_private=self._allow_private, deadline=deadline)
        headers = {
            "User-Agent": user_agent(),
            "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        }
        try:
            with (
                httpx.Client(
                    transport=transport, trust_env=False, headers=headers, timeout=_CONNECT
                ) as client,
                client.stream("GET", url, follow_redirects=False) as response,
            ):
                return _read(response, origin, limit, deadline, cut)
        except Refused as refused:
            raise BadSource(
                origin,
                f"{refused}。若确需访问单位内网，请管理员用 kb ingest --allow-private 导入",
            ) from refused
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise BadSource(origin, f"{self._seconds:.0f} 秒内没有读完，请稍后再试") from error
        except ssl.SSLError as error:
            raise BadSource(origin, f"网站的安全证书有问题。{_WAY_OUT}") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, *_NETWORK) as error:
            raise BadSource(origin, f"连不上网站（{_brief(error)}）。请核对网址和网络") from error

    def _wait(self, host: str) -> float:
        """Waits for our turn at a host, having settled the next caller's; the seconds waited."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._pauses.get(host, _INTERVAL)
        if turn > now:
            self._sleep(turn - now)
        return turn - now


_NETWORK = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content_type: str
    body: builtins.bytes
    location: str | None


def _read(
    response: httpx.Response, origin: str, limit: int, deadline: Deadline, cut: bool
) -> _Answer:
    """cut: take the beginning of what is too long, rather than refuse it."""
    location = response.headers.get("location") if response.is_redirect else None
    body = bytearray()
    declared = response.headers.get("content-length", "")
    if not cut and declared.isdigit() and int(declared) > limit:
        raise BadSource(origin, _too_large(limit))
    for chunk in response.iter_bytes() if location is None else ():
        deadline.left()
        body += chunk
        if len(body) > limit:
            if not cut:
                raise BadSource(origin, _too_large(limit))
            del body[limit:]
            break
    return _Answer(
        response.status_code, response.headers.get("content-type", ""), bytes(body), location
    )


def _too_large(limit: int) -> str:
    return f"内容超过 {limit / 1_000_000:g} MB 的上限。可以下载后导入文件"


def _checked(url: str, origin: str) -> str:
    """An address fit to be asked for, without the part after #."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadSource(origin, f"网址写法不对：{url}") from error
    if parts.scheme not in ("http", "https"):
        raise BadSource(origin, f"只支持 http 和 https 网址，这是 {parts.scheme or '不完整的网址'}")
    if not host:
        raise BadSource(origin, f"网址里没有网站名：{url}")
    if parts.username or parts.password:
        raise BadSource(origin, "网址里带有用户名或密码，不予访问")
    return parts._replace(fragment="").geturl()


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().rstrip(".")


def _refusal(status: int) -> str:
    if status in _STATUS:
        said = _STATUS[status]
    elif status >= 500:
        said = "网站出错，请稍后再试"
    else:
        said = "网站没有给出网页"
    return f"{said}（HTTP {status}）。{_WAY_OUT}"


def _brief(error: BaseException) -> str:
    return str(error).strip()[:120] or type(error).__name__


@cache
def _shared(allow_private: bool) -> Fetcher:
    return Fetcher(allow_private=allow_private)
