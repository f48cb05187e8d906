"""The description of the interface is valid, and the live answers keep to it."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from kb.search.request import FacetName, SearchRequest


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json


def test_a_validator_accepts_it(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    validate(described)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/api/v1/search?q=过期食品", "/api/v1/search"),
        ("/api/v1/search?q=过期食品&region=510000", "/api/v1/search"),
        ("/api/v1/search?size=50", "/api/v1/search"),
        ("/api/v1/search?page=x", "/api/v1/search"),
        ("/api/v1/complete?q=渝", "/api/v1/complete"),
        ("/api/v1/complete?size=1", "/api/v1/complete"),
        ("/api/v1/cases/{food}", "/api/v1/cases/{id}"),
        ("/api/v1/cases/{withdrawn}", "/api/v1/cases/{id}"),
        ("/api/v1/cases/nosuch", "/api/v1/cases/{id}"),
        ("/api/v1/cases/{food}/related", "/api/v1/cases/{id}/related"),
        ("/api/v1/cases/{withdrawn}/related", "/api/v1/cases/{id}/related"),
        ("/api/v1/cases/nosuch/related", "/api/v1/cases/{id}/related"),
    ],
)
def test_answers_keep_to_it(
    client: FlaskClient,
    described: dict[str, Any],
    food: str,
    withdrawn: str,
    path: str,
    route: str,
) -> None:
    answer = client.get(path.format(food=food, withdrawn=withdrawn))
    promised = described["paths"][route]["get"]["responses"][str(answer.status_code)]
    if "$ref" in promised:
        promised = described["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    schema = promised["content"][answer.mimetype]["schema"]
    whole = schema | {"components": described["components"]}
    assert list(Draft202012Validator(whole).iter_errors(answer.json)) == []


def test_every_parameter_that_is_read_is_described(described: dict[str, Any]) -> None:
    named = {p["name"] for p in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert {name.value for name in FacetName} <= named
    for name in named - {"q", "cursor"} - {name.value for name in FacetName}:
        fitting = {"sort": "newest", "synonyms": "off"}.get(name, "2")
        assert SearchRequest.from_pairs([(name, fitting)]) != SearchRequest()
