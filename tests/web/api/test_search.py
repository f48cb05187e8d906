"""The interface's search: the answer as data, paging by links, validators, and plain refusals."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.answers import SearchAnswer


def relations(answer: TestResponse) -> dict[str, str]:
    return {
        relation: href
        for link in answer.headers.getlist("Link")
        for href, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', link)
    }


def test_the_body_is_the_answer(client: FlaskClient, food: str) -> None:
    answer = client.get("/api/v1/search?q=过期食品 罚款")
    assert answer.mimetype == "application/json"
    found = SearchAnswer.model_validate_json(answer.data)
    assert found.total == 1
    assert found.hits[0].id == food
    assert "过期食品" in answer.get_data(as_text=True)  # as itself, not as \u escapes


def test_marks_are_offsets_into_the_passage(client: FlaskClient) -> None:
    (hit,) = client.get("/api/v1/search?q=过期食品").json["hits"]
    said = [p["text"][m["start"] : m["end"]] for p in hit["passages"] for m in p["marks"]]
    assert "过期食品" in said


def test_links_walk_through_every_record_once(client: FlaskClient, ids: dict[str, str]) -> None:
    seen, address, pages = [], "/api/v1/search?size=5", 0
    while address:
        answer = client.get(address)
        seen += [hit["id"] for hit in answer.json["hits"]]
        address, pages = relations(answer).get("next"), pages + 1
    assert pages == 3
    assert sorted(seen) == sorted(ids.values())


def test_links_lead_back_and_to_the_description(client: FlaskClient) -> None:
    links = relations(client.get("/api/v1/search?q=行政处罚&size=5&page=2"))
    assert links["describedby"] == "/api/v1/openapi.json"
    assert client.get(links["prev"]).json["page"] == 1
    assert client.get(links["first"]).json["page"] == 1


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=罚款")
    again = client.get("/api/v1/search?q=罚款", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("colour=red", "colour"),
        ("lang=en", "lang"),
        ("page=0", "page"),
        ("size=101", "size"),
        ("sort=best", "sort"),
        ("cursor=made-up", "cursor"),
        ("q=a&q=b", "q"),
        ("synonyms=maybe", "synonyms"),
    ],
)
def test_a_bad_parameter_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["parameter"] == parameter
    assert answer.json["detail"]


def test_anyone_may_read_it_from_a_page(client: FlaskClient) -> None:
    asked = client.options("/api/v1/search")
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in client.get("/api/v1/search").headers["Access-Control-Expose-Headers"]


def test_a_search_without_results_is_an_answer(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=紫外线灯管")
    assert answer.status_code == 200
    assert answer.json["total"] == 0
    assert relations(answer).keys() == {"first", "describedby"}


def test_why_a_hit_is_there_is_data(client: FlaskClient) -> None:
    (hit,) = client.get("/api/v1/search?q=过期食品 罚款").json["hits"]
    text = client.get(f"/api/v1/cases/{hit['id']}").json["text"]
    terms = {match["term"]: match for match in hit["matches"]}
    assert {"过期食品", "罚款"} <= terms.keys()
    for match in hit["matches"]:
        assert match["kind"] in ("word", "longer", "quotation", "synonym", "provision")
        assert len(match["title"]) + len(match["text"]) <= match["count"]
    assert {text[start:end] for start, end in terms["罚款"]["text"]} == {"罚款"}
    assert hit["score_parts"]
    total = sum(part["score"] for part in hit["score_parts"])
    assert total == pytest.approx(hit["score"], abs=1e-4)


def test_words_within_the_results(client: FlaskClient) -> None:
    whole = client.get("/api/v1/search?q=行政").json
    answer = client.get("/api/v1/search?q=行政&within=处罚&within=-过期食品&size=2")
    assert answer.json["within"] == ["处罚", "-过期食品"]
    assert answer.json["total"] < whole["total"]
    following = client.get(relations(answer)["next"])
    assert following.json["within"] == ["处罚", "-过期食品"]
    other = client.get("/api/v1/search?q=行政&within=处罚&size=2")
    assert other.headers["ETag"] != answer.headers["ETag"]
    cursor = answer.json["next"]
    assert client.get(f"/api/v1/search?q=行政&size=2&cursor={cursor}").status_code == 400


def test_an_empty_answer_says_what_to_leave_out_and_what_there_is(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=过期食品 夔门纤夫").json
    assert answer["coverage"]["records"] > 0
    [dropped] = answer["dropped"]
    assert (dropped["parameter"], dropped["value"]) == ("q", "夔门纤夫")
    assert client.get(f"/api/v1/search?{dropped['query']}").json["total"] == dropped["total"]
