"""The parallel regulations side by side, where both texts are here; invented texts stand in."""

from datetime import date
from pathlib import Path

from kb.law.parallel import parallels
from kb.service import KnowledgeBase
from kb.settings import Settings
from tests.kb.statutes.build import statute
from web.app import create_app
from web.settings import OFF
from web.settings import Settings as SiteSettings


def test_articles_that_are_alike_stand_beside_each_other(tmp_path: Path) -> None:
    kb = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    pair = next(pair for pair in parallels().pairs if pair.code == "legal_aid")
    assert pair.sichuan
    assert pair.chongqing
    alike = "示例机构应当自收到示例申请之日起三日内进行审查，并作出是否给予示例援助的决定。"
    texts = (
        statute({1: "示例甲。", 2: alike}, title=pair.sichuan.title, day=date(2025, 1, 1)),
        statute(
            {1: alike + "示例", 2: "示例乙。"}, title=pair.chongqing.title, day=date(2025, 1, 1)
        ),
    )
    kb.statutes.store([kb.statutes.place(text) for text in texts], reader="tests")
    client = create_app(kb, settings=SiteSettings(rate_limit=OFF)).test_client()
    assert f"/browse/parallel/{pair.code}" in client.get("/browse/parallel").text
    page = client.get(f"/browse/parallel/{pair.code}")
    assert page.status_code == 200
    assert page.text.count(alike) == 2
    assert "相似度" in page.text


def test_without_the_texts_there_is_no_page(tmp_path: Path) -> None:
    kb = KnowledgeBase.open(Settings.from_environment({"KB_HOME": str(tmp_path)}))
    client = create_app(kb, settings=SiteSettings(rate_limit=OFF)).test_client()
    assert client.get("/browse/parallel/legal_aid").status_code == 404
    assert client.get("/browse/parallel/nothing").status_code == 404
