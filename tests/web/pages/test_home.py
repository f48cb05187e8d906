"""The first page says what is in the base and leads into it."""

from pathlib import Path

from flask.testing import FlaskClient

from kb.service import KnowledgeBase
from kb.settings import Settings
from web.app import create_app


def test_it_says_what_is_there(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    assert "<b>12</b>" in html
    assert "川渝行政复议典型案例（示例）" in html
    assert "2025年7月1日" in html


def test_every_way_in_leads_to_as_many_records_as_it_says(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    for name in ("region", "issue", "act", "statute"):
        assert f'id="{name}"' in html
    assert "/search?region=500000" in html
    assert "共 6 件" in client.get("/search?region=500000").get_data(as_text=True)


def test_an_empty_base_says_what_to_do(tmp_path: Path) -> None:
    empty = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    html = create_app(empty).test_client().get("/").get_data(as_text=True)
    assert "库中还没有案例" in html
