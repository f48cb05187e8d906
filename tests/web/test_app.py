"""The site as a whole: caching, languages, robots, health, and the server that serves it."""

import threading
from http.client import HTTPConnection
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kb.service import KnowledgeBase
from web.serve import server
from web.settings import Settings


def test_a_static_file_lasts_and_its_address_follows_its_content(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    address = html.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in address
    assert "immutable" in client.get(address, buffered=True).headers["Cache-Control"]
    plain = client.get("/static/site.css", buffered=True)
    assert plain.headers["Cache-Control"] == "no-cache"


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=罚款")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get("/search?q=罚款", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_chinese_is_spoken_whatever_the_browser_prefers(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="zh-CN">' in page.get_data(as_text=True)


def test_english_is_remembered_and_can_be_left(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/?lang=en").get_data(as_text=True)
    assert "How to search" in client.get("/help").get_data(as_text=True)
    assert "By Region" in client.get("/").get_data(as_text=True)
    assert '<html lang="zh-CN">' in client.get("/search?lang=zh").get_data(as_text=True)
    assert "检索说明" in client.get("/help").get_data(as_text=True)


def test_an_unknown_language_is_not_heard(client: FlaskClient) -> None:
    page = client.get("/?lang=xx")
    assert '<html lang="zh-CN">' in page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers


def test_health(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json["ok"] is True
    assert answer.json["records"] == answer.json["indexed"] == 12


def test_robots_may_read_cases_but_not_wander_through_filters(client: FlaskClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").get_data(as_text=True)
    assert client.get("/favicon.ico", buffered=True).mimetype == "image/svg+xml"


@pytest.mark.parametrize("path", ["/", "/search", "/help", "/healthz"])
def test_reading_alone_is_allowed(client: FlaskClient, path: str) -> None:
    assert client.head(path).status_code == 200
    assert "GET" in client.options(path).headers["Allow"]
    refused = client.post(path)
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]


def test_the_server_takes_a_pasted_text_of_twenty_thousand_characters(base: KnowledgeBase) -> None:
    serving = server(base, "127.0.0.1", 0, 2, settings=Settings())
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    try:
        browser = HTTPConnection("127.0.0.1", serving.port, timeout=30)
        browser.request("GET", f"/search?q={quote('过期食品' * 5_000)}")
        taken = browser.getresponse()
        assert taken.read()
        assert taken.status == 200
        browser.request("GET", f"/search?q={quote('过期食品' * 5_001)}")
        refused = browser.getresponse()
        assert "20000" in refused.read().decode()
        assert refused.status == 400
        browser.close()
    finally:
        serving.stop()
        thread.join(5)
