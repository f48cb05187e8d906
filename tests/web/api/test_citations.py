"""What a text cites, by the interface: the answer keeps to its description, and bad input is told
apart."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from kb.answers import CitationsAnswer
from kb.service import KnowledgeBase
from web.api.citations import MAX_BODY, MAX_TEXT
from web.app import create_app
from web.settings import Settings

PATH = "/api/v1/citations"
TEXT = (
    "依照《中华人民共和国行政处罚法》第三十三条第一款、《工伤保险条例》第十四条第六项、"
    "《某某市食品摊贩办法》第九条。"
)


def ask(client: FlaskClient, **body: object) -> TestResponse:
    return client.post(PATH, json=body)


def faults(client: FlaskClient, answer: TestResponse) -> list[str]:
    """Where an answer breaks the description of the interface."""
    described = client.get("/api/v1/openapi.json").json
    promised = described["paths"][PATH]["post"]["responses"][str(answer.status_code)]
    if "$ref" in promised:
        promised = described["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    schema = promised["content"][answer.mimetype]["schema"]
    whole = schema | {"components": described["components"]}
    return [fault.message for fault in Draft202012Validator(whole).iter_errors(answer.json)]


def test_each_citation_with_how_many_records_cite_it(client: FlaskClient) -> None:
    answer = ask(client, text=TEXT, decided="2024-05-06")
    assert faults(client, answer) == []
    CitationsAnswer.model_validate_json(answer.data)
    fine, injury, unknown = answer.json["citations"]
    assert TEXT[slice(*fine["span"])] == fine["raw"]
    assert (fine["label"], fine["version"]) == ("行政处罚法第三十三条第一款", "2021-07-15")
    assert (fine["cases"], injury["cases"], unknown["cases"]) == (1, 1, 0)
    assert unknown["links"]["cases"] is None
    assert answer.json["counts"] == {"resolved": 2, "ambiguous": 0, "unresolved": 1}


def test_its_link_leads_to_the_records_it_counted(client: FlaskClient) -> None:
    for citation in ask(client, text=TEXT).json["citations"][:2]:
        found = client.get("/api/v1" + citation["links"]["cases"]).json
        assert found["total"] == citation["cases"] > 0


def test_near_a_change_both_versions_are_told(client: FlaskClient) -> None:
    answer = ask(client, text="行政处罚法第二十八条", decided="2021-07-20")
    assert faults(client, answer) == []
    (citation,) = answer.json["citations"]
    assert citation["status"] == "ambiguous"
    assert citation["candidates"] == ["2018-01-01", "2021-07-15"]


def test_nothing_cited_is_no_fault(client: FlaskClient) -> None:
    for text in ("", "没有引用。", "\0", "𠮷" * 1000, "<script>"):
        assert ask(client, text=text, decided=None).json["citations"] == []


def test_the_longest_text_is_read_however_it_is_escaped(client: FlaskClient) -> None:
    text = "𠮷" * (MAX_TEXT - 10) + "行政处罚法第三十三条"
    answer = ask(client, text=text)
    assert len(json.dumps({"text": text})) > 2_000_000
    assert [c["article"] for c in answer.json["citations"]] == [33]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        ('{"text": "行"}'.encode("gbk"), "body"),
        (b"[" * 100_000, "body"),
        (b"{}", "text"),
        (b'{"text": null}', "text"),
        (b'{"text": ["x"]}', "text"),
        (b'{"text": "\\ud800"}', "text"),
        (b'{"text": "x", "decided": "2024-5-6"}', "decided"),
        (b'{"text": "x", "decided": ""}', "decided"),
        (b'{"text": "x", "decided": 20240506}', "decided"),
        (b'{"text": "x", "query": "y"}', "query"),
    ],
)
def test_what_cannot_be_read_is_named(client: FlaskClient, body: bytes, parameter: str) -> None:
    answer = client.post(PATH, data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["parameter"] == parameter
    assert faults(client, answer) == []


def test_too_long_a_text_is_refused(client: FlaskClient) -> None:
    answer = ask(client, text="一" * (MAX_TEXT + 1))
    assert (answer.status_code, answer.json["parameter"]) == (413, "text")
    assert "200001" in answer.json["detail"]
    assert faults(client, answer) == []


def test_too_long_a_body_is_refused_unread(client: FlaskClient) -> None:
    answer = client.post(PATH, data=b" " * (MAX_BODY + 1), content_type="application/json")
    assert answer.status_code == 413
    assert faults(client, answer) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_another_kind_of_content_is_refused(client: FlaskClient, kind: str | None) -> None:
    answer = client.post(PATH, data=b'{"text": "x"}', content_type=kind)
    assert answer.status_code == 415
    assert faults(client, answer) == []


def test_it_is_posted_to_and_takes_no_parameters(client: FlaskClient) -> None:
    read = client.get(PATH)
    assert read.status_code == 405
    assert "POST" in read.headers["Allow"]
    assert client.post(PATH + "?text=x", json={"text": "x"}).status_code == 400


def test_pages_from_elsewhere_may_ask(client: FlaskClient) -> None:
    asked: dict[str, Any] = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = client.options(PATH, headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in allowed.headers["Access-Control-Allow-Headers"]


def test_nothing_is_kept(client: FlaskClient) -> None:
    assert ask(client, text=TEXT).headers["Cache-Control"] == "no-store"


def test_an_address_may_not_ask_without_end(base: KnowledgeBase) -> None:
    client = create_app(base, settings=Settings(rate_limit="2/minute")).test_client()
    answers = [ask(client, text="x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"]
