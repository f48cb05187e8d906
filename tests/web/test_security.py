"""Every answer keeps to itself: headers, nothing inline or from elsewhere, nothing unescaped."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.service import KnowledgeBase
from web.app import create_app
from web.settings import Settings

PLACES = [
    "/",
    "/search?q=罚款",
    "/help",
    "/browse",
    "/browse/issues",
    "/browse/statutes",
    "/browse/regions",
    "/browse/authorities",
    "/browse/years",
    "/browse/parallel",
    "/charts",
    "/cite",
    "/nowhere",
    "/search?page=0",
    "/api/v1/search",
    "/healthz",
]


@pytest.fixture(params=[*PLACES, "case"])
def page(request: pytest.FixtureRequest, client: FlaskClient, food: str) -> Callable[[], object]:
    path = f"/cases/{food}?q=过期食品" if request.param == "case" else request.param
    return client.get(path)


def test_headers(page) -> None:
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in page.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in page.headers


def test_nothing_inline_and_nothing_from_elsewhere(page) -> None:
    html = page.get_data(as_text=True) if page.mimetype == "text/html" else ""
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", html)
    assert not re.search(r"<(?:link|img|script)[^>]+(?:src|href)=\"(?:https?:)?//", html)


def test_hsts_over_https_alone(client: FlaskClient) -> None:
    secure = client.get("/", base_url="https://cases.example")
    assert "max-age=" in secure.headers["Strict-Transport-Security"]


def test_forwarded_headers_are_believed_of_trusted_proxies_alone(
    app: Flask, base: KnowledgeBase
) -> None:
    claim = {"X-Forwarded-Proto": "https"}
    behind = create_app(base, settings=Settings(trusted_proxies=1))
    assert "Strict-Transport-Security" not in app.test_client().get("/", headers=claim).headers
    assert "Strict-Transport-Security" in behind.test_client().get("/", headers=claim).headers


@pytest.mark.parametrize("path", ["/search?q=", "/search?page=", "/search?region=", "/cases/"])
def test_what_is_typed_is_never_markup(client: FlaskClient, path: str) -> None:
    evil = '"><script>alert(1)</script>'
    html = client.get(path + evil.replace("/", "%2F")).get_data(as_text=True)
    assert "<script>alert" not in html


def test_what_a_record_says_is_never_markup(client: FlaskClient, ids: dict[str, str]) -> None:
    injury = next(identity for title, identity in ids.items() if "工伤认定" in title)
    html = client.get(f"/cases/{injury}").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
