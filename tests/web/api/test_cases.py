"""The interface's record: whole, conditional, gone when withdrawn."""

import pytest
from flask.testing import FlaskClient

from kb.answers import CaseAnswer


def test_the_body_is_the_record(client: FlaskClient, food: str) -> None:
    answer = client.get(f"/api/v1/cases/{food}")
    record = CaseAnswer.model_validate_json(answer.data)
    assert record.id == food
    assert "".join(record.text[s.start : s.end] for s in record.sections) == record.text


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, food: str) -> None:
    tag = client.get(f"/api/v1/cases/{food}").headers["ETag"]
    again = client.get(f"/api/v1/cases/{food}", headers={"If-None-Match": f"W/{tag}"})
    assert again.status_code == 304


def test_a_withdrawn_record_is_gone_with_its_reason(client: FlaskClient, withdrawn: str) -> None:
    answer = client.get(f"/api/v1/cases/{withdrawn}")
    assert answer.status_code == 410
    assert answer.mimetype == "application/problem+json"
    assert "待更正" in answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/cases/nosuch", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/", 404),
        ("POST", "/api/v1/search", 405),
        ("DELETE", "/api/v1/cases/x", 405),
        ("GET", "/api/v1/openapi.json?x=1", 400),
    ],
)
def test_every_failure_is_a_problem(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"]
    assert answer.headers["Cache-Control"] == "no-store"
