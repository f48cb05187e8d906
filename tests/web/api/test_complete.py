"""The interface's completion: what may be meant, as data; validators and plain refusals."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kb.answers import CompletionAnswer, SearchAnswer
from kb.search.complete import MAX_TYPED


def test_the_body_is_the_answer(client: FlaskClient) -> None:
    answer = client.get("/api/v1/complete?q=过期食品 地区:渝中")
    assert answer.mimetype == "application/json"
    found = CompletionAnswer.model_validate_json(answer.data)
    assert found.query == "过期食品 地区:渝中"
    first = found.suggestions[0]
    assert (first.kind.code, first.label, first.text) == ("region", "渝中区", "渝中区")
    assert first.q == "过期食品 地区:渝中区"
    assert first.count > 0


def test_what_is_offered_can_be_searched(client: FlaskClient) -> None:
    (offered,) = client.get("/api/v1/complete?q=渝中府复2024").json["suggestions"]
    assert offered["label"] == "渝中府复〔2024〕85号"
    found = client.get("/api/v1/search", query_string={"q": offered["q"]})
    assert SearchAnswer.model_validate_json(found.data).total == offered["count"] == 1


def test_a_blank_at_the_end_is_heard(client: FlaskClient) -> None:
    assert client.get("/api/v1/complete?q=渝中").json["suggestions"]
    assert client.get("/api/v1/complete?q=渝中%20").json["suggestions"] == []


@pytest.mark.parametrize("query", ["", "?q=", "?q=没有这样的东西"])
def test_nothing_is_offered(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/complete{query}")
    assert answer.status_code == 200
    assert answer.json["suggestions"] == []


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/complete?q=渝")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/api/v1/complete?q=渝", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("q=渝&size=3", "size"),
        ("q=渝&q=川", "q"),
        (f"q={quote('渝' * (MAX_TYPED + 1))}", "q"),
    ],
)
def test_a_bad_request_says_what_is_wrong(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/complete?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["parameter"] == parameter
    assert answer.json["detail"]
