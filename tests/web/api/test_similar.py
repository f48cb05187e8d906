"""Similar cases by the interface: the answer keeps to its description, and bad input is told."""

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from kb.answers import SimilarAnswer
from kb.search.similar import MAX_TEXT
from kb.service import KnowledgeBase
from web.api.similar import MAX_BODY
from web.app import create_app
from web.settings import OFF, Settings

PATH = "/api/v1/similar"
OF_CASE = "/api/v1/cases/{id}/similar"
TEXT = (
    "某小卖部不服过期食品罚款案\n某小卖部货架上有两袋过期薯片，市场监督管理局以销售超过保质期的食品为由罚款五万元。"
    "小卖部认为违法行为轻微、过罚不当，不服该行政处罚，申请行政复议。依照《中华人民共和国食品安全法》"
    "第一百二十四条第一款第五项、《中华人民共和国行政处罚法》第三十三条第一款。"
)


@pytest.fixture(scope="module")
def client(sample_base: KnowledgeBase) -> FlaskClient:
    return create_app(sample_base, settings=Settings(rate_limit=OFF)).test_client()


def one(base: KnowledgeBase, words: str) -> str:
    return next(answer.id for answer in base.published() if words in answer.title)


def faults(client: FlaskClient, path: str, method: str, answer: TestResponse) -> list[str]:
    """Where an answer breaks the description of the interface."""
    described = client.get("/api/v1/openapi.json").json
    promised = described["paths"][path][method]["responses"][str(answer.status_code)]
    if "$ref" in promised:
        promised = described["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    schema = promised["content"][answer.mimetype]["schema"]
    whole = schema | {"components": described["components"]}
    return [fault.message for fault in Draft202012Validator(whole).iter_errors(answer.json)]


def test_the_cases_like_a_record_come_with_shares_and_reasons(
    client: FlaskClient, sample_base: KnowledgeBase
) -> None:
    answer = client.get(OF_CASE.format(id=one(sample_base, "某超市不服过期食品处罚")))
    assert faults(client, OF_CASE, "get", answer) == []
    told = SimilarAnswer.model_validate_json(answer.data)
    assert told.similar
    for found in told.similar:
        assert found.share >= told.least
        assert [leg.code for leg in found.legs] == ["facts", "issue", "law"]
        assert sum(leg.weight for leg in found.legs) in (99, 100, 101)
    best = max(told.similar, key=lambda found: found.share)
    assert "食品" in best.link.title
    assert best.legs[2].shared


def test_an_answer_that_is_held_is_not_sent_again(
    client: FlaskClient, sample_base: KnowledgeBase
) -> None:
    path = OF_CASE.format(id=one(sample_base, "某超市不服过期食品处罚"))
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_an_unknown_record_or_parameter_is_told(client: FlaskClient) -> None:
    assert client.get(OF_CASE.format(id="nothing")).status_code == 404
    wrong = client.get(OF_CASE.format(id="nothing") + "?size=3")
    assert (wrong.status_code, wrong.json["parameter"]) == (400, "size")


def test_the_cases_like_a_text(client: FlaskClient) -> None:
    answer = client.post(PATH, json={"text": TEXT})
    assert faults(client, PATH, "post", answer) == []
    told = SimilarAnswer.model_validate_json(answer.data)
    assert told.read.statutes[0] == "食品安全法第一百二十四条第一款第五项"
    assert [act.label for act in told.read.acts] == ["行政处罚"]
    assert any("过期食品" in found.link.title for found in told.similar)
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_of_a_text_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post(PATH, json={"text": TEXT})
    assert "薯片" not in caplog.text


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        ({"text": "长" * (MAX_TEXT + 1)}, 413, "text"),
        ({"text": 7}, 400, "text"),
        ({}, 400, "text"),
        ({"text": "甲", "size": 3}, 400, "size"),
        (["text"], 400, "body"),
    ],
)
def test_what_cannot_be_read_is_told(
    client: FlaskClient, body: Any, status: int, parameter: str
) -> None:
    answer = client.post(PATH, json=body)
    assert faults(client, PATH, "post", answer) == []
    assert (answer.status_code, answer.json["parameter"]) == (status, parameter)


@pytest.mark.parametrize("data", [b"{", b"\xff", b'{"text": "\\ud800"}', b"[" * 100_000])
def test_a_broken_body_is_told(client: FlaskClient, data: bytes) -> None:
    assert client.post(PATH, data=data, content_type="application/json").status_code == 400


def test_a_body_that_is_no_json_or_far_too_long_is_refused(client: FlaskClient) -> None:
    assert client.post(PATH, data="text=甲").status_code == 415
    much = json.dumps({"text": "x" * MAX_BODY})
    assert client.post(PATH, data=much, content_type="application/json").status_code == 413


def test_the_longest_text_is_read(client: FlaskClient) -> None:
    assert client.post(PATH, json={"text": "\U00020000" * MAX_TEXT}).status_code == 200


def test_callers_are_held_to_the_rate(sample_base: KnowledgeBase) -> None:
    client = create_app(sample_base, settings=Settings(rate_limit="1/minute")).test_client()
    assert client.post(PATH, json={"text": ""}).status_code == 200
    again = client.post(PATH, json={"text": ""})
    assert again.status_code == 429
    assert again.headers["Retry-After"]
