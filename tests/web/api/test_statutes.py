"""The interface's statutes: by any name, in one version, an article with its place; failures."""

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from kb.answers import CitationsAnswer, StatuteAnswer
from tests.web.laws import LONG, REPLY, REVIEW, TITLE

API = "/api/v1/statutes"


def read(client: FlaskClient, address: str) -> StatuteAnswer:
    page = client.get(f"{API}/{address}")
    assert page.status_code == 200
    return StatuteAnswer.model_validate_json(page.data)


def test_an_article_with_the_place_asked_for(law_client: FlaskClient) -> None:
    answer = read(law_client, f"《{TITLE}》@2022-07-01/art-5/para-1/item-2")
    assert answer.address == f"{TITLE}@2022-07-01/art-5/para-1/item-2"
    assert answer.label == f"{TITLE}第五条第一款第二项"
    article = answer.article
    assert article.text[article.start : article.end] == "（二）损坏护栏的。"
    assert [len(paragraph.items) for paragraph in article.paragraphs] == [2, 0]
    assert article.headings == ["第一章 总则"]
    assert article.cases == 1
    assert [version.force for version in answer.versions] == ["superseded", "in_force"]


def test_counterparts_lead_on(law_client: FlaskClient) -> None:
    (older,) = read(law_client, f"{TITLE}/art-5").article.older
    assert (older.label, older.relation) == ("第四条", "revised")
    assert 0 < older.score < 1
    there = read(law_client, older.address)
    assert there.version.isoformat() == "2010-05-01"
    assert there.article.newer[0].address == f"{TITLE}@2022-07-01/art-5"


def test_links_lead_to_what_they_name(law_client: FlaskClient) -> None:
    links = read(law_client, f"{TITLE}@2022-07-01/art-5").links
    assert law_client.get(links.text).status_code == 200
    assert law_client.get(links.next).json["article"]["number"] == 6
    assert law_client.get("/api/v1" + links.cases).json["total"] == 1
    assert read(law_client, f"{TITLE}/art-1").links.previous is None


def test_a_whole_statute_gives_its_contents(law_client: FlaskClient) -> None:
    answer = read(law_client, LONG)
    assert answer.article is None
    assert len(answer.articles) == 1201
    assert answer.articles[5] == "5之1"
    assert [heading.depth for heading in answer.contents] == [0, 1]
    assert "你院的请示" in read(law_client, REPLY).preamble


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("没有的条例", 404, "没有收录"),
        (REVIEW, 404, "尚未导入全文"),
        (f"{REVIEW}@2024-01-01/art-1", 404, "尚未导入全文"),
        (f"{TITLE}/art-9", 404, "共 6 条"),
        (f"{TITLE}@2022-07-01/art-5/para-9", 404, "没有第五条第九款"),
        (f"{TITLE}@2011-01-01", 404, "已导入的版本"),
        (f"{TITLE}@x", 400, "不是条文地址"),
        (f"{TITLE}?x=1", 400, "没有这个参数"),
    ],
)
def test_what_is_not_there_is_a_problem(
    law_client: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = law_client.get(f"{API}/{address}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert said in answer.json["detail"]


@pytest.mark.parametrize("address", [TITLE, f"{TITLE}/art-5/para-2", "没有的条例", f"{TITLE}@x"])
def test_answers_keep_to_the_description(law_client: FlaskClient, address: str) -> None:
    described = law_client.get("/api/v1/openapi.json").json
    answer = law_client.get(f"{API}/{address}")
    responses = described["paths"]["/api/v1/statutes/{address}"]["get"]["responses"]
    promised = responses[str(answer.status_code)]
    if "$ref" in promised:
        promised = described["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    schema = promised["content"][answer.mimetype]["schema"]
    whole = schema | {"components": described["components"]}
    assert list(Draft202012Validator(whole).iter_errors(answer.json)) == []


def test_what_has_not_changed_is_not_sent_again(law_client: FlaskClient) -> None:
    first = law_client.get(f"{API}/{TITLE}/art-5")
    again = law_client.get(f"{API}/{TITLE}/art-5", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    other = law_client.get(f"{API}/{TITLE}/art-6")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_citations_lead_to_the_texts(law_client: FlaskClient) -> None:
    text = f"依照《{TITLE}》第四条，第九十九条，《{REVIEW}》第三十条。"
    found = law_client.post("/api/v1/citations", json={"text": text, "decided": "2023-03-01"})
    here, absent, unread = CitationsAnswer.model_validate_json(found.data).citations
    assert unquote(here.links.text) == f"/statutes/{TITLE}@2022-07-01/art-4"
    assert absent.links.text is None
    assert unread.links.text is None
