"""An address that asks too much is told how long to wait; the pages stay open."""

from kb.service import KnowledgeBase
from web.app import create_app
from web.settings import Settings


def test_too_many_requests(base: KnowledgeBase) -> None:
    client = create_app(base, settings=Settings(rate_limit="2/minute")).test_client()
    answers = [client.get("/api/v1/search?q=罚款") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Retry-After" not in answers[0].headers
    refused = answers[2]
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.mimetype == "application/problem+json"
    assert client.get("/search?q=罚款").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_each_address_has_its_own_count(base: KnowledgeBase) -> None:
    client = create_app(base, settings=Settings(rate_limit="1/minute")).test_client()
    for address in ("192.0.2.1", "192.0.2.2"):
        answer = client.get("/api/v1/search", environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == 200


def test_the_limit_can_be_switched_off(base: KnowledgeBase) -> None:
    client = create_app(base, settings=Settings(rate_limit="off")).test_client()
    assert {client.get("/api/v1/search").status_code for _ in range(5)} == {200}
